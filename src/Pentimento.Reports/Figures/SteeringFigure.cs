using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>The share of predictions that change as more of a feature is added, with 95% intervals, and what most of them change to.</summary>
/// <param name="Curves">One line for each feature and set.</param>
internal sealed record SteeringFigure(IReadOnlyList<SteeringCurve> Curves) : PlotFigure
{
    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.OpenSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
    ];

    /// <inheritdoc/>
    public override string Name => "steering";

    /// <inheritdoc/>
    public override string Alt => "Share of predictions changed by adding a feature. " + string.Join("; ", Curves.Select(curve =>
        $"{Title(curve)}: {Numbers.Percent(curve.Points[^1].FlipRate)} at {curve.Points[^1].Added:0.##}")) + ".";

    /// <inheritdoc/>
    public override int Width => 720;

    // A legend that finds no room leaves out what comes last.
    /// <inheritdoc/>
    public override int Height => Math.Max(base.Height, 60 + (26 * Curves.Count));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var at = 0; at < Curves.Count; at++) Draw(plot, Curves[at], PlotColors.Sets[at % PlotColors.Sets.Count], Shapes[at % Shapes.Length]);
        plot.Axes.SetLimitsY(-0.04, 1.08);
        plot.Axes.Left.TickGenerator = new NumericManual([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]);
        plot.XLabel("added, in the feature's unit");
        plot.YLabel("predictions changed");
        plot.ShowLegend(Edge.Right).Padding = new(0);
    }

    private static string Title(SteeringCurve curve) => $"feature {curve.Feature}, {curve.Data}";

    private static void Draw(Plot plot, SteeringCurve curve, Color color, MarkerShape shape)
    {
        foreach (var point in curve.Points)
        {
            var interval = new Evaluation.Share((long)Math.Round(point.FlipRate * curve.Count), curve.Count);
            var bar = plot.Add.Line(point.Added, interval.Low, point.Added, interval.High);
            (bar.LineColor, bar.LineWidth, bar.MarkerSize) = (color.WithAlpha(0.4), 1, 0);
        }

        var path = plot.Add.Scatter(
            curve.Points.Select(point => point.Added).ToArray(),
            curve.Points.Select(point => point.FlipRate).ToArray(),
            color);
        (path.LineWidth, path.MarkerShape, path.MarkerSize, path.LegendText) = (1.5f, shape, 7, Title(curve));
        if (curve.Points[^1].Toward is not { } predicted) return;
        var label = plot.Add.Text($"to {predicted}", curve.Points[^1].Added, curve.Points[^1].FlipRate);
        (label.LabelFontColor, label.LabelFontSize, label.LabelAlignment, label.OffsetY) =
            (PlotColors.Text, FigureFont.Size - 2, Alignment.LowerRight, -5);
    }
}
