using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The sanity checks of each network's maps, and the verdicts.</summary>
internal sealed class TrustView : View<TrustResult>
{
    /// <inheritdoc/>
    protected override void Print(TrustResult result, TextWriter output)
    {
        foreach (var (report, verdicts) in result.Networks.Zip(result.Verdicts))
        {
            output.WriteLine($"{report.Network} on {Numbers.Counted(report.Count, "image")} of {report.Data}, at {report.Layer}:");
            Tables.Write(
                output,
                ["method", "left", "gain", "95% interval", "noise"],
                report.Methods.Select((method, at) => (IReadOnlyList<string>)
                [
                    Catalog.NameOf(method),
                    Numbers.Decimal(report.Randomization[at].Left, 2),
                    Numbers.Decimal(report.Removal[at].Gain, 2),
                    $"{Numbers.Decimal(report.Removal[at].Low, 2)} to {Numbers.Decimal(report.Removal[at].High, 2)}",
                    Tables.Percent(report.Sensitivity[at].Value),
                ]));
            output.WriteLine("Left: the rank correlation with the map as layers are made random.");
            if (report.Repeated < report.Count) output.WriteLine($"Left and noise: of the first {Numbers.Counted(report.Repeated, "image")}.");
            output.WriteLine("Gain: insertion minus deletion. Noise: the change of the map under noise.");
            foreach (var sentence in verdicts.All) output.WriteLine(sentence);
            output.WriteLine();
        }
    }
}
