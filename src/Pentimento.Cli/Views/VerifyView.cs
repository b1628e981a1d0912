using Pentimento.Cli.Terminal;
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
            ["check", "published", "ours", "seeds", "agrees"],
            result.Checks.Select(check =>
                (IReadOnlyList<string>)
                    [
                        check.Name,
                        $"{Tables.Percent(check.Published)} +- {Tables.Percent(check.PublishedSpread)}",
                        $"{Tables.Percent(check.Measured)} +- {Tables.Percent(check.Spread)}",
                        $"{check.Seeds}",
                        check.Agrees ? "yes" : "no",
                    ]));
        foreach (var source in result.Checks.Select(check => check.Source).Distinct())
            output.WriteLine($"Published: {source}");
        output.WriteLine($"Run: {result.Run}");
    }
}
