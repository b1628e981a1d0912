using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Cli.Views;

/// <summary>The bench's methods side by side, the advice, and the network that is handed back.</summary>
internal sealed class RepairView : View<RepairResult>
{
    /// <summary>Whether there is one at all, the view itself says: a file of the name may be an older one.</summary>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(RepairResult result, TextWriter output)
    {
        output.WriteLine(result.Verdict);
        if (result.IsOwnWeights)
        {
            PrintOwnWeights(result, output);
            return;
        }

        Tables.Write(
            output,
            [
                "method", "supervision", "seeds", "held-out", result.TooFewErrors ? "worst class" : "contradicting", "against the network",
                .. result.Tests, "seconds",
            ],
            result
                .Methods.Select(method =>
                    (IReadOnlyList<string>)
                        [
                            method.Name,
                            method.Supervision,
                            $"{method.Seeds}",
                            Tables.Percent(method.HeldOut.All),
                            $"{Tables.Percent(method.HeldOut.BiasConflicting)} (se {Tables.Percent(method.HeldOut.BiasConflictingError)})",
                            Points(method.Gain),
                            Spread(method.Own, method.OwnSpread),
                            Spread(method.Reversed, method.ReversedSpread),
                            .. method.Others.Values.Select(value => Tables.Percent(value)),
                            $"{method.Seconds:0}",
                        ]));
        output.WriteLine($"Methods are compared by {result.ComparedBy}; the test sets only report.");
        output.WriteLine($"Each training keeps {result.Selected}. Had another rule chosen the epoch ({result.Tests[0]} / {result.Tests[1]}):");
        var rules = result.Methods.SelectMany(method => method.Selections.Select(selection => selection.Rule)).Distinct().ToList();
        Tables.Write(
            output,
            ["method", .. rules],
            result.Methods.Where(method => method.Selections.Count > 0).Select(method =>
                (IReadOnlyList<string>)
                    [
                        method.Name,
                        .. rules.Select(rule =>
                            method.Selections.FirstOrDefault(selection => selection.Rule == rule) is { } chosen
                                ? $"{Tables.Percent(chosen.Own)} / {Tables.Percent(chosen.Reversed)}"
                                : "-"),
                    ]));
        foreach (var failure in result.Failures)
            output.WriteLine($"Failed: {failure}");
        output.WriteLine(result.Advice);
        PrintRegret(result, output);
        if (result.Network is { } network) output.WriteLine($"Recommended: {result.Recommended}, {network}");
        output.WriteLine($"Networks, curves and table: {result.Run}");
        if (result.Page is { } written) output.WriteLine($"Page: {written}");
    }

    private static void PrintOwnWeights(RepairResult result, TextWriter output)
    {
        if (result.Methods.Count > 1)
        {
            var followed = result.Methods.Any(method => method.Followed is not null);
            Tables.Write(
                output,
                [
                    "method", "supervision", "seeds", "as they are", "against the network", result.Against is null ? "contradicting" : "cue swapped",
                    "against the network", "beyond fine-tuning", .. followed ? (string[])["follow the cue"] : [], .. result.Tests.Skip(2), "seconds",
                ],
                result.Methods.Select(method => (IReadOnlyList<string>)
                    [
                        method.Name,
                        method.Supervision,
                        $"{method.Seeds}",
                        Spread(method.Own, method.OwnSpread),
                        Points(method.OwnGain),
                        Spread(method.Reversed, method.ReversedSpread),
                        Points(method.Gain),
                        Points(method.BeyondControl),
                        .. followed ? (string[])[method.Followed is { } share ? Share(share) : "-"] : [],
                        .. method.Others.Select(pair => Spread(pair.Value, method.OtherSpreads.GetValueOrDefault(pair.Key))),
                        $"{method.Seconds:0}",
                    ]));
            output.WriteLine($"Methods are compared by {result.ComparedBy}.");
        }

        foreach (var failure in result.Failures)
            output.WriteLine($"Failed: {failure}");
        output.WriteLine(result.Advice);
        PrintRegret(result, output);
        if (result.Network is { } network) output.WriteLine($"Recommended: {result.Recommended}, {network}");
        if (result.Page is { } page) output.WriteLine($"Page: {page}");
    }

    private static void PrintRegret(RepairResult result, TextWriter output)
    {
        if (result.Regret is not { } regret) return;
        output.WriteLine(
            $"On {result.ReversedTest}, which took no part in this, the best of these rows has"
                + $" {Tables.Percent(result.Methods.Max(result.OnReversed))}; the advice forgoes {Tables.Percent(regret)}.");
    }

    private static string Share(ConfidenceInterval share) =>
        $"{Tables.Percent(share.Value)} ({Tables.Percent(share.Low)} to {Tables.Percent(share.High)})";

    /// <summary>A paired difference, in points.</summary>
    private static string Points(ConfidenceInterval? gain) => gain is null
        ? "-"
        : FormattableString.Invariant($"{100 * gain.Value:+0.0;-0.0;0.0} ({100 * gain.Low:+0.0;-0.0;0.0} to {100 * gain.High:+0.0;-0.0;0.0})");

    private static string Spread(double mean, double spread) =>
        spread > 0 ? $"{Tables.Percent(mean)} +- {Tables.Percent(spread)}" : Tables.Percent(mean);
}
