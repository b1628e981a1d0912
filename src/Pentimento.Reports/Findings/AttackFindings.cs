using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Reports.Findings;

/// <summary>What the attacks say about robustness.</summary>
public static class AttackFindings
{
    // Below this rate, at the upper end of its interval, an attack is called rare.
    private const double Rare = 0.05;

    /// <summary>An attack's aim in words.</summary>
    public static string Criterion(AttackResult result) =>
        result.Target is { } target ? $"make every {result.Source} a {target}" : "any wrong answer";

    /// <summary>One sentence for each aim, comparing the networks.</summary>
    public static IEnumerable<string> Compare(IReadOnlyList<NetworkAttack> attacks) =>
        attacks.GroupBy(entry => entry.Result.Target).Where(aim => aim.Count() == 2).Select(aim => Compare(aim.First().Result, aim.Last().Result));

    /// <summary>What follows for the repaired network.</summary>
    public static string Conclusion(IReadOnlyList<NetworkAttack> attacks)
    {
        var worst = attacks.Where(entry => entry.Network == "repaired").MaxBy(entry => entry.Result.SuccessRate)!.Result;
        return worst.High < Rare || worst.MedianLinf is not { } change
            ? $"This attack rarely fools the repaired network ({Numbers.Percent(worst.SuccessRate)} at most); that is no proof against a stronger one."
            : $"Cured of a shortcut is not robust to attack: the repaired network is still fooled on {Numbers.Percent(worst.SuccessRate)} of the images "
                + $"(“{Criterion(worst)}”), by changes of at most {Numbers.Decimal(100 * change, 0)}% of the brightness range in half of those.";
    }

    private static string Compare(AttackResult lazy, AttackResult repaired)
    {
        var finding = repaired.Low > lazy.High ? "the repaired network is fooled more often"
            : repaired.High < lazy.Low ? "the repaired network is fooled less often"
            : "no difference between the networks can be told";
        return $"With the aim “{Criterion(lazy)}”, {finding}: {Numbers.Percent(repaired.SuccessRate)} against {Numbers.Percent(lazy.SuccessRate)} of the lazy one.";
    }
}
