using Pentimento.Attacks;
using Pentimento.Reports.Look;
using Pentimento.Reports.Telling;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy that each network keeps as the budget of an attack grows.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Budgets">What each network's images need, by the network's name.</param>
public sealed record BudgetCurves(string Attack, IReadOnlyList<(string Network, Budget Budget)> Budgets) : PlotFigure
{
    /// <inheritdoc/>
    public override string Name => $"accuracy-by-budget-{Attack}";

    /// <inheritdoc/>
    public override string Alt => $"Accuracy against the size of the change that {Attack} may make. " + string.Join("; ", Budgets.Select(entry =>
        $"{entry.Network}: half of the images need {Numbers.Decimal(entry.Budget.Median, 3)}")) + ".";

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        // Half as far again as the largest of the ninth deciles: what comes after is a thin tail.
        var end = Budgets.Max(entry => entry.Budget.Deciles.Last(decile => decile is not null || decile == entry.Budget.Deciles[0]) ?? 1) * 1.5;
        foreach (var (at, entry) in Budgets.Index())
        {
            var line = plot.Add.ScatterLine(entry.Budget.Curve.Select(point => point.Size).ToArray(), entry.Budget.Curve.Select(point => point.Accuracy).ToArray(), Inks[at % Inks.Count]);
            line.LineWidth = 2;
            plot.Legend.ManualItems.Add(new() { LabelText = entry.Network, LineColor = Inks[at % Inks.Count], LineWidth = 2 });
        }

        plot.Axes.SetLimits(0, end, 0, 1.02);
        plot.Axes.Left.TickGenerator = new NumericManual([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]);
        plot.XLabel($"largest change allowed, {(Budgets[0].Budget.Norm == "l2" ? "L2" : "L∞")}");
        plot.YLabel("accuracy");
        plot.ShowLegend(Edge.Right).Padding = new(0);
    }

    /// <summary>The colours of networks in the order given.</summary>
    internal static IReadOnlyList<Color> Inks { get; } = [Ink.Lazy, Ink.Repaired, .. Ink.Sets];
}
