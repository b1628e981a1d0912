using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Style;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy of each network on each set, with its interval.</summary>
public sealed record AccuracyBars : Bars
{
    /// <summary>Draws an evaluation.</summary>
    /// <param name="networks">The networks, the lazy one first.</param>
    internal AccuracyBars(IReadOnlyList<NetworkEvaluation> networks) : base("accuracy", Description(networks), "accuracy", Of(networks))
    {
    }

    private static string Description(IReadOnlyList<NetworkEvaluation> networks) => "Bars of accuracy. "
        + string.Join("; ", networks.Select(network =>
        $"{network.Network}: {string.Join(", ", network.Sets.Select(set => $"{set.Data} {Numbers.Percent(set.Accuracy)}"))}")) + ".";

    private static IReadOnlyList<BarSeries> Of(IReadOnlyList<NetworkEvaluation> networks) =>
        [
            .. networks.Select(network => new BarSeries(
                network.Network,
                PlotColors.Of(network.Network),
                [.. network.Sets.Select(set => new Bar(DatasetDescription.Title(set.Data), set.Accuracy, set.Low, set.High))])),
        ];
}
