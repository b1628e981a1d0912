using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Cli.Views;

/// <summary>Published numbers beside ours as a table.</summary>
internal sealed class VerifyView : View<VerifyResult>
{
    /// <inheritdoc/>
    protected override void Print(VerifyResult result, TextWriter output)
    {
        Tables.Write(
            output,
            ["check", "published", "ours", "seeds", "difference", "would have been found", "agrees"],
            result.Checks.Select(check =>
                (IReadOnlyList<string>)
                    [
                        check.Name,
                        check.PublishedSpread > 0
                            ? $"{Tables.Percent(check.Published)} +- {Tables.Percent(check.PublishedSpread)} "
                                + $"({Numbers.Counted(check.PublishedSeeds, "seed")})"
                            : Tables.Percent(check.Published),
                        $"{Tables.Percent(check.Measured)} +- {Tables.Percent(check.Spread)}",
                        $"{check.Seeds}",
                        $"{Tables.Percent(check.Difference.Value)} "
                            + $"({Tables.Percent(check.Difference.Low)} to {Tables.Percent(check.Difference.High)})",
                        Tables.Percent(check.Detectable),
                        check.Agreement switch
                        {
                            Agreement.Agrees => "yes",
                            Agreement.Differs => "no",
                            _ => "cannot tell",
                        },
                    ]));
        output.WriteLine(
            "Difference: ours less theirs, with Welch's 95% interval; 'would have been found': the difference found in 80% of such comparisons.");
        foreach (var source in result.Checks.Select(check => check.Source).Distinct())
            output.WriteLine($"Published: {source}");
        output.WriteLine($"Run: {result.Run}");
    }
}
