using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>The verdicts of the sanity checks, one sentence for each; every word follows from a number.</summary>
/// <param name="Randomization">Which maps depend on the weights.</param>
/// <param name="Removal">Which maps mark pixels that matter.</param>
/// <param name="Sensitivity">Which maps are stable under noise.</param>
/// <param name="Agreement">Whether methods agree.</param>
public sealed record SanityCheckVerdicts(string Randomization, string Removal, string Sensitivity, string Agreement)
{
    // A rank correlation of a half and more is much the same map; a change of more than the map's half is another map.
    private const double Same = 0.5;

    /// <summary>In the panels' order.</summary>
    public IReadOnlyList<string> All => [Randomization, Removal, Sensitivity, Agreement];

    /// <summary>The verdicts on one network's maps.</summary>
    public static SanityCheckVerdicts Of(SanityCheckReport report)
    {
        string Sorted(IEnumerable<(AttributionMethod Method, bool Passes)> tests, string good, string bad) =>
            Sort([.. tests.Where(test => !report.Blank.Contains(test.Method))], good, bad);
        var blank = report.Blank.Count == 0 ? "" : $" Blank, with the same evidence everywhere: {List([.. report.Blank])}.";
        return new(
            Sorted(
                report.Randomization.Select(test => (test.Method, test.Left < Same)),
                "change as the network forgets what it learned",
                "draw much the same map for random weights and so show no learning") + blank,
            Sorted(
                report.Removal.Select(test => (test.Method, test.Low > 0)),
                "mark pixels that matter to the answer",
                "mark pixels that matter no more than others"),
            Sorted(
                report.Sensitivity.Select(test => (test.Method, test.Value < Same)),
                "stand still under noise of a fiftieth of the range",
                "turn into another map under noise that nobody sees"),
            Agreeing(report));
    }

    private static string Sort(IReadOnlyList<(AttributionMethod Method, bool Passes)> all, string good, string bad)
    {
        AttributionMethod[] passed = [.. all.Where(test => test.Passes).Select(test => test.Method)];
        AttributionMethod[] failed = [.. all.Where(test => !test.Passes).Select(test => test.Method)];
        return (passed, failed) switch
        {
            ([], []) => "No map has evidence to check.",
            ([], _) => $"Maps that {bad}: {List(failed)}.",
            (_, []) => $"Maps that {good}: {List(passed)}.",
            _ => $"Maps that {good}: {List(passed)}; that {bad}: {List(failed)}.",
        };
    }

    private static string Agreeing(SanityCheckReport report)
    {
        var pairs = Enumerable
            .Range(0, report.Methods.Count)
            .SelectMany(one => Enumerable.Range(one + 1, report.Methods.Count - one - 1).Select(other => (one, other)))
            .Where(pair => !report.Blank.Contains(report.Methods[pair.one]) && !report.Blank.Contains(report.Methods[pair.other]))
            .ToList();
        if (pairs.Count == 0) return "One method alone agrees with nobody: give a second.";
        double Of((int One, int Other) pair) => report.Agreement[pair.One][pair.Other];
        string Pair((int One, int Other) pair) =>
            $"{Catalog.NameOf(report.Methods[pair.One])} and {Catalog.NameOf(report.Methods[pair.Other])} ({Numbers.Decimal(Of(pair), 2)})";
        var (most, least) = (pairs.MaxBy(Of), pairs.MinBy(Of));
        var mean = Numbers.Decimal(pairs.Average(Of), 2);
        return pairs.Count == 1
            ? $"The rank correlation of the two methods' maps is {mean}."
            : $"Methods agree with a mean rank correlation of {mean}: most {Pair(most)}, least {Pair(least)}.";
    }

    private static string List(AttributionMethod[] methods) => string.Join(", ", methods.Select(Catalog.NameOf));
}
