using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Look;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy of each network on each set, with its interval.</summary>
/// <param name="Networks">The networks, the lazy one first.</param>
public sealed record AccuracyBars(IReadOnlyList<NetworkEvaluation> Networks) : Bars("accuracy", Description(Networks), "accuracy", Of(Networks))
{
    private static string Description(IReadOnlyList<NetworkEvaluation> networks) => "Bars of accuracy. "
        + string.Join("; ", networks.Select(network =>
        $"{network.Network}: {string.Join(", ", network.Sets.Select(set => $"{set.Data} {Numbers.Percent(set.Accuracy)}"))}")) + ".";

    private static IReadOnlyList<BarSeries> Of(IReadOnlyList<NetworkEvaluation> networks) =>
        [
            .. networks.Select(network => new BarSeries(
                network.Network,
                Ink.Of(network.Network),
                [.. network.Sets.Select(set => new Bar(CanvasMeaning.Title(set.Data), set.Accuracy, set.Low, set.High))])),
        ];
}
