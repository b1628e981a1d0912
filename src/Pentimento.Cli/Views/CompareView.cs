using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The networks under each attack: first the success rates, then the perturbations.</summary>
internal sealed class CompareView : View<CompareResult>
{
    // Attack, target and network say what a row is about.
    private const int Keys = 3;

    /// <inheritdoc/>
    protected override void Print(CompareResult result, TextWriter output)
    {
        output.WriteLine(
            $"{result.Data}: {Numbers.Counted(result.Count, "image")}, {result.Common:N0} of them predicted correctly by every network.");
        var published = result.Rows.Any(row => row.Published is not null);
        Tables.Write(
            output,
            ["attack", "target", "network", "own", "common", .. published ? (string[])["published"] : []],
            result.Rows.Select(row => (IReadOnlyList<string>)
            [
                .. Which(row),
                $"{Tables.Percent(row.Result.SuccessRate)} of {row.Result.Count:N0}",
                $"{Tables.Percent(row.CommonRate)} of {row.CommonCount:N0}",
                .. published ? (string[])[Tables.Percent(row.Published)] : [],
            ]),
            Keys);
        output.WriteLine("Fooled, own: of the images that the network predicts correctly. Common: of those that all do.");
        Tables.Write(
            output,
            ["attack", "target", "network", "common, 95%", "of all", "sure", "L2", "Linf", "colour"],
            result.Rows.Select(row => (IReadOnlyList<string>)
            [
                .. Which(row),
                $"{Tables.Percent(row.CommonLow)} to {Tables.Percent(row.CommonHigh)}",
                Tables.Percent(row.Result.ShareOfAll),
                Tables.Percent(row.Result.Confidence),
                Number(row.Result.MedianL2, 2),
                Number(row.Result.MedianLinf, 3),
                Tables.Percent(row.Result.Split?.Color),
            ]),
            Keys);
        output.WriteLine("Of all: the share of all images that meet the target, misclassified ones before any attack among them.");
        output.WriteLine("Sure: the mean probability of the wrong class. L2, Linf: the fooled images' median perturbation.");
        output.WriteLine("Colour: the share of their perturbations that shifts the stroke or the background evenly.");
        foreach (var row in result.Rows)
        {
            foreach (var warning in row.Result.Warnings) output.WriteLine($"{row.Network}, {Catalog.NameOf(row.Result.Attack)}: {warning}");
        }
    }

    private static IReadOnlyList<string> Which(CompareRow row) =>
        [Catalog.NameOf(row.Result.Attack), $"{new AttackTask(row.Result.Source, row.Result.Criterion)}", row.Network];

    private static string Number(double? value, int digits) => value is { } known ? Numbers.Decimal(known, digits) : "-";
}
