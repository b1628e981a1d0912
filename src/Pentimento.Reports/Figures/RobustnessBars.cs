using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Reports.Look;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>How the budgets are spread: the share of each network's images that need a change of each size.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Budgets">What each network's images need, by the network's name.</param>
public sealed record RobustnessBars(string Attack, IReadOnlyList<(string Network, RobustnessCurve Budget)> Budgets) : PlotFigure
{
    private const int Bins = 24;

    /// <inheritdoc/>
    public override string Name => $"budgets-{Attack}";

    /// <inheritdoc/>
    public override string Alt =>
        $"How large a change {Attack} needs, network by network. "
        + string.Join(
            "; ",
            Budgets.Select(entry =>
                $"{entry.Network}: a tenth needs at most {Numbers.Decimal(entry.Budget.Deciles[0], 3)}, half {Numbers.Decimal(entry.Budget.Median, 3)}, nine tenths {Numbers.Decimal(entry.Budget.Deciles[8], 3)}"
            ))
        + ".";

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["network", $"size, {Budgets[0].Budget.Norm}"],
            [.. Budgets.SelectMany(entry => entry.Budget.Sizes.Select(size => (IConvertible?[])[entry.Network, size]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Budgets.SelectMany(entry =>
            Shares(entry.Budget)
                .Select(
                    (share, bin) =>
                        new Mark(
                            (bin + 0.5) * End / Bins,
                            share > 0 ? share : double.NaN,
                            $"{entry.Network}, {Numbers.Decimal(bin * End / Bins, 3)} to {Numbers.Decimal((bin + 1) * End / Bins, 3)}: {Numbers.Percent(share)} of images"
                        )));

    private double End => Budgets.Max(entry => entry.Budget.Sizes.DefaultIfEmpty(1).Max());

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var top = 0.0;
        var end = End;
        foreach (var (at, entry) in Budgets.Index())
        {
            var color = Ink.Series[at % Ink.Series.Count];
            var shares = Shares(entry.Budget);
            top = Math.Max(top, shares.Max());
            Draw(plot, shares, end / Bins, color);
            plot.Explain(entry.Network, color.WithAlpha(0.5));
        }

        plot.Axes.SetLimits(0, end, 0, 1.05 * top);
        plot.XLabel($"smallest change that fools, {(Budgets[0].Budget.Norm == "l2" ? "L2" : "L∞")}");
        plot.YLabel("share of images");
        plot.Legend(Edge.Right);
    }

    private double[] Shares(RobustnessCurve budget)
    {
        var (shares, end) = (new double[Bins], End);
        foreach (var size in budget.Sizes) shares[Math.Min(Bins - 1, (int)(size / end * Bins))] += 1.0 / Math.Max(1, budget.Count);
        return shares;
    }

    // Steps that are see-through, so that one network does not hide another.
    private static void Draw(Plot plot, double[] shares, double width, Color color)
    {
        for (var bin = 0; bin < shares.Length; bin++)
        {
            if (shares[bin] == 0) continue;
            var bar = plot.Add.Rectangle(bin * width, (bin + 1) * width, 0, shares[bin]);
            bar.FillColor = color.WithAlpha(0.4);
            bar.LineColor = color;
            bar.LineWidth = 1;
        }
    }
}
