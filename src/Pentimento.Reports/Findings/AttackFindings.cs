using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Reports.Findings;

/// <summary>Sentences about robustness, from the success rates of attacks.</summary>
internal static class AttackFindings
{
    // Below this rate, at the upper end of its interval, an attack is called rare.
    private const double Rare = 0.05;

    /// <summary>An attack's criterion as text.</summary>
    public static string Criterion(AttackResult result) =>
        result.Target is { } target ? $"make every {result.Source} a {target}" : "any wrong prediction";

    /// <summary>One sentence for each criterion, comparing the networks.</summary>
    public static IEnumerable<string> Compare(IReadOnlyList<NetworkAttack> attacks) =>
        attacks.GroupBy(entry => entry.Result.Target).Where(set => set.Count() == 2).Select(set => Compare(set.First().Result, set.Last().Result));

    /// <summary>What follows for the repaired network.</summary>
    public static string Conclusion(IReadOnlyList<NetworkAttack> attacks)
    {
        var worst = attacks.Where(entry => entry.Network == "repaired").MaxBy(entry => entry.Result.SuccessRate)!.Result;
        return worst.High < Rare || worst.MedianLinf is not { } change
            ? $"This attack rarely fools the repaired network ({Numbers.Percent(worst.SuccessRate)} at most); "
                + "that is no proof against a stronger one."
            : "Cured of a shortcut is not robust to attack: the repaired network is still fooled on "
                + $"{Numbers.Percent(worst.SuccessRate)} of the images (“{Criterion(worst)}”), by changes of at most "
                + $"{Numbers.Decimal(100 * change, 0)}% of the brightness range in half of those.";
    }

    private static string Compare(AttackResult lazy, AttackResult repaired)
    {
        var finding = repaired.Low > lazy.High ? "the repaired network is fooled more often"
            : repaired.High < lazy.Low ? "the repaired network is fooled less often"
            : "no significant difference between the networks";
        return $"With the criterion “{Criterion(lazy)}”, {finding}: {Numbers.Percent(repaired.SuccessRate)} against "
            + $"{Numbers.Percent(lazy.SuccessRate)} of the lazy one.";
    }
}
