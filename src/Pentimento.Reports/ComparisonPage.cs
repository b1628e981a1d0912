using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Style;
using Pentimento.Reports.Pages;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports;

/// <summary>The page that shows several runs side by side.</summary>
internal static class ComparisonPage
{
    /// <summary>Draws the figures into <c>figures/</c> and writes the page.</summary>
    /// <param name="comparison">The runs.</param>
    /// <param name="place">The folder for <c>comparison.html</c> or <c>comparison.md</c>.</param>
    /// <param name="format">How the page is written.</param>
    /// <returns>The path of the page.</returns>
    public static string Write(RunComparison comparison, string place, PageFormat format)
    {
        var scatter = Scatter(comparison);
        var bars = Recipe.Networks.Select(network => Bars(comparison, network)).ToList();
        foreach (var figure in (Figure[])[scatter, .. bars]) figure.Save(Path.Combine(place, "figures"));
        var html = Rendering.Html<ComparisonDocument>(new() { ["Comparison"] = comparison, ["Scatter"] = scatter, ["Bars"] = bars });
        return format.Write(Path.Combine(place, "comparison"), html);
    }

    private static Scatter Scatter(RunComparison comparison) =>
        new(
            "runs-own-against-reversed",
            "Accuracy with usual against swapped colours. "
                + string.Join(
                    "; ",
                    comparison.Runs.Select(run => $"{run.Name}: lazy {Both(run.Report, "lazy")}, repaired {Both(run.Report, "repaired")}"))
                + ".",
            "usual colours",
            "colours swapped",
            [
                .. comparison.Runs.Select(run => new SpotGroup(
                    run.Name,
                    [.. Recipe.Networks.Select(network => new Spot(network, run.Report.Own(network).Value, run.Report.Reversed(network).Value)
                    {
                        Hollow = network == Recipe.Networks[0],
                    })])),
            ])
        {
            Palette = PlotColors.Sets,
        };

    private static Bars Bars(RunComparison comparison, string network) =>
        new(
            $"runs-accuracy-{network}",
            $"Bars of the {network} networks' accuracy. "
                + $"{string.Join("; ", comparison.Runs.Select(run => $"{run.Name}: {Both(run.Report, network)}"))}.",
            "accuracy",
            [
                .. comparison
                    .Runs.Index()
                    .Select(run => new BarSeries(
                        run.Item.Name,
                        PlotColors.Sets[run.Index % PlotColors.Sets.Count],
                        [.. comparison.Sets.Select(set => BarOf(RunComparison.On(run.Item.Report, network, set)))])),
            ]);

    private static Bar BarOf(Evaluation.SetEvaluation evaluation) =>
        new(DatasetDescription.Title(evaluation.Data), evaluation.Accuracy, evaluation.Low, evaluation.High);

    private static string Both(RunReport report, string network) =>
        $"{Numbers.Percent(report.Own(network).Value)} and {Numbers.Percent(report.Reversed(network).Value)}";
}
