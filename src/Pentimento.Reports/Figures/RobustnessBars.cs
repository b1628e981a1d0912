using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>A histogram of the smallest perturbations: the share of each network's images that need one of each size.</summary>
/// <param name="Attack">The attack's name.</param>
/// <param name="Robustness">Each network's robustness curve, by the network's name.</param>
internal sealed record RobustnessBars(string Attack, IReadOnlyList<(string Network, RobustnessCurve Curve)> Robustness) : PlotFigure
{
    private const int Bins = 24;

    /// <inheritdoc/>
    public override string Name => $"smallest-perturbations-{Attack}";

    /// <inheritdoc/>
    public override string Alt =>
        $"How large a perturbation {Attack} needs, network by network. "
        + string.Join(
            "; ",
            Robustness.Select(entry =>
                $"{entry.Network}: a tenth needs at most {Numbers.Decimal(entry.Curve.Deciles[0], 3)}, "
                + $"half {Numbers.Decimal(entry.Curve.Median, 3)}, nine tenths {Numbers.Decimal(entry.Curve.Deciles[8], 3)}"))
        + ".";

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["network", $"size, {Robustness[0].Curve.Norm}"],
            [.. Robustness.SelectMany(entry => entry.Curve.Sizes.Select(size => (IConvertible?[])[entry.Network, size]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Robustness.SelectMany(entry =>
            Shares(entry.Curve)
                .Select(
                    (share, bin) =>
                        new Mark(
                            (bin + 0.5) * End / Bins,
                            share > 0 ? share : double.NaN,
                            $"{entry.Network}, {Numbers.Decimal(bin * End / Bins, 3)} to {Numbers.Decimal((bin + 1) * End / Bins, 3)}: "
                            + $"{Numbers.Percent(share)} of images")));

    private double End => Robustness.Max(entry => entry.Curve.Sizes.DefaultIfEmpty(1).Max());

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var top = 0.0;
        var end = End;
        foreach (var (at, entry) in Robustness.Index())
        {
            var color = PlotColors.Series[at % PlotColors.Series.Count];
            var shares = Shares(entry.Curve);
            top = Math.Max(top, shares.Max());
            Draw(plot, shares, end / Bins, color);
            plot.Explain(entry.Network, color.WithAlpha(0.5));
        }

        plot.Axes.SetLimits(0, end, 0, 1.05 * top);
        plot.XLabel($"smallest change that fools, {(Robustness[0].Curve.Norm == "l2" ? "L2" : "L∞")}");
        plot.YLabel("share of images");
        plot.Legend(Edge.Right);
    }

    private double[] Shares(RobustnessCurve curve)
    {
        var (shares, end) = (new double[Bins], End);
        foreach (var size in curve.Sizes) shares[Math.Min(Bins - 1, (int)(size / end * Bins))] += 1.0 / Math.Max(1, curve.Count);
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
