using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Reports.Look;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy that each network keeps as the budget of an attack grows.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Budgets">What each network's images need, by the network's name.</param>
public sealed record RobustnessCurves(string Attack, IReadOnlyList<(string Network, RobustnessCurve Budget)> Budgets) : PlotFigure
{
    /// <inheritdoc/>
    public override string Name => $"accuracy-by-budget-{Attack}";

    /// <inheritdoc/>
    public override string Alt => $"Accuracy against the size of the change that {Attack} may make. " + string.Join("; ", Budgets.Select(entry =>
        $"{entry.Network}: half of the images need {Numbers.Decimal(entry.Budget.Median, 3)}")) + ".";

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["network", Norm, "accuracy"],
            [.. Budgets.SelectMany(entry => entry.Budget.Curve.Select(point => (IConvertible?[])[entry.Network, point.Size, point.Accuracy]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks => Budgets.SelectMany(entry => entry.Budget.Curve.Where(point => point.Size <= End).Select(point =>
        new Mark(point.Size, point.Accuracy, $"{entry.Network}, {Norm} {Numbers.Decimal(point.Size, 3)}: {Numbers.Percent(point.Accuracy)}")));

    private string Norm => Budgets[0].Budget.Norm == "l2" ? "L2" : "L∞";

    // Half as far again as the largest of the ninth deciles: what comes after is a thin tail.
    private double End =>
        Budgets.Max(entry => entry.Budget.Deciles.Last(decile => decile is not null || decile == entry.Budget.Deciles[0]) ?? 1) * 1.5;

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var end = End;
        foreach (var (at, entry) in Budgets.Index())
        {
            var line = plot.Add.ScatterLine(
                entry.Budget.Curve.Select(point => point.Size).ToArray(),
                entry.Budget.Curve.Select(point => point.Accuracy).ToArray(),
                Ink.Series[at % Ink.Series.Count]);
            line.LineWidth = 2;
            plot.Explain(entry.Network, line.Color, MarkerShape.None, 2);
        }

        plot.Axes.SetLimits(0, end, 0, 1.02);
        plot.Axes.Left.Shares();
        plot.XLabel($"largest change allowed, {Norm}");
        plot.YLabel("accuracy");
        plot.Legend(Edge.Right);
    }
}
