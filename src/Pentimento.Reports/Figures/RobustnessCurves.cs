using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy of each network against the size of the perturbation that an attack may make.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Robustness">Each network's robustness curve, by the network's name.</param>
internal sealed record RobustnessCurves(string Attack, IReadOnlyList<(string Network, RobustnessCurve Curve)> Robustness) : PlotFigure
{
    /// <inheritdoc/>
    public override string Name => $"robustness-curve-{Attack}";

    /// <inheritdoc/>
    public override string Alt =>
        $"Accuracy against the size of the perturbation that {Attack} may make. "
        + string.Join("; ", Robustness.Select(entry => $"{entry.Network}: half of the images need {Numbers.Decimal(entry.Curve.Median, 3)}"))
        + ".";

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["network", Norm, "accuracy"],
            [.. Robustness.SelectMany(entry => entry.Curve.Curve.Select(point => (IConvertible?[])[entry.Network, point.Size, point.Accuracy]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks => Robustness.SelectMany(entry => entry.Curve.Curve.Where(point => point.Size <= End).Select(point =>
        new Mark(point.Size, point.Accuracy, $"{entry.Network}, {Norm} {Numbers.Decimal(point.Size, 3)}: {Numbers.Percent(point.Accuracy)}")));

    private string Norm => Robustness[0].Curve.Norm == "l2" ? "L2" : "L∞";

    // Half as far again as the largest of the ninth deciles: what comes after is a thin tail.
    private double End =>
        Robustness.Max(entry => entry.Curve.Deciles.Last(decile => decile is not null || decile == entry.Curve.Deciles[0]) ?? 1) * 1.5;

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var end = End;
        foreach (var (at, entry) in Robustness.Index())
        {
            var line = plot.Add.ScatterLine(
                entry.Curve.Curve.Select(point => point.Size).ToArray(),
                entry.Curve.Curve.Select(point => point.Accuracy).ToArray(),
                PlotColors.Series[at % PlotColors.Series.Count]);
            line.LineWidth = 2;
            plot.Explain(entry.Network, line.Color, MarkerShape.None, 2);
        }

        plot.Axes.SetLimits(0, end, 0, 1.02);
        plot.Axes.Left.Shares();
        plot.XLabel($"largest perturbation allowed, {Norm}");
        plot.YLabel("accuracy");
        plot.Legend(Edge.Right);
    }
}
