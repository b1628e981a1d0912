using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>What ablating costs and gains: each way to choose is a path from the untouched network, one set's accuracy across, the other's
/// upwards, with 95% intervals.</summary>
/// <param name="Curve">What was measured.</param>
internal sealed record CollateralFigure(CollateralCurve Curve) : PlotFigure
{
    // The largest loss of in-distribution accuracy that is worth a look.
    private const double Dear = 0.03;

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.OpenSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
    ];

    /// <inheritdoc/>
    public override string Name => $"collateral-{Curve.Own}-{Curve.Other}";

    /// <inheritdoc/>
    public override string Alt =>
        "Accuracy after ablating. "
        + string.Join(
            "; ",
            Curve.Lines.Select(line =>
                Label(line, line.Points[^1])))
        + ".";

    /// <inheritdoc/>
    public override int Width => 720;

    /// <inheritdoc/>
    public override int Height => 420;

    /// <inheritdoc/>
    public override Table? Values => new(
        ["method", "removed", Curve.Own, $"{Curve.Own} low", $"{Curve.Own} high", Curve.Other, $"{Curve.Other} low", $"{Curve.Other} high"],
        [.. Curve.Lines.SelectMany(line => line.Points.Select(point => (IConvertible?[])
            [line.Method, point.Removed, point.Own.Value, point.Own.Low, point.Own.High, point.Other.Value, point.Other.Low, point.Other.High]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Curve.Lines.SelectMany(line =>
            line.Points.Where(point => point.Own.Value >= Left)
                .Select(point => new Mark(
                    point.Own.Value,
                    point.Other.Value,
                    Label(line, point))));

    private string Label(CurveLine line, CurvePoint point) =>
        $"{line.Method}, {point.Removed} removed: {Curve.Own} {Numbers.Percent(point.Own.Value)}, {Curve.Other} {Numbers.Percent(point.Other.Value)}";

    private double Left => Curve.Lines[0].Points[0].Own.Value - Dear;

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var at = 0; at < Curve.Lines.Count; at++)
            Draw(plot, Curve.Lines[at], PlotColors.Sets[at % PlotColors.Sets.Count], Shapes[at % Shapes.Length]);
        Axis(plot.Axes.Bottom);
        Axis(plot.Axes.Left);
        plot.XLabel($"accuracy on {Curve.Own}");
        plot.YLabel($"accuracy on {Curve.Other}");
        Frame(plot);
        plot.Legend(Edge.Right);
    }

    /// <summary>Shows what costs little; a path that leaves the frame is worth no further look.</summary>
    private void Frame(Plot plot)
    {
        var shown = Curve.Lines.SelectMany(line => line.Points).Where(point => point.Own.Value >= Left).ToList();
        plot.Axes.SetLimits(
            Left,
            shown.Max(point => point.Own.High) + 0.006,
            shown.Min(point => point.Other.Low) - 0.01,
            shown.Max(point => point.Other.High) + 0.01);
    }

    private static void Draw(Plot plot, CurveLine line, Color color, MarkerShape shape)
    {
        foreach (var point in line.Points)
        {
            Bar(plot, point.Own.Low, point.Other.Value, point.Own.High, point.Other.Value, color);
            Bar(plot, point.Own.Value, point.Other.Low, point.Own.Value, point.Other.High, color);
        }

        var path = plot.Add.Scatter(
            line.Points.Select(point => point.Own.Value).ToArray(),
            line.Points.Select(point => point.Other.Value).ToArray(),
            color);
        (path.LineWidth, path.MarkerShape, path.MarkerSize, path.LegendText) = (1.5f, shape, 7, line.Method);
        var last = line.Points[^1];
        plot.Write($"{last.Removed}", last.Own.Value, last.Other.Value, Alignment.MiddleLeft, smaller: 2).OffsetX = 6;
    }

    private static void Bar(Plot plot, double x1, double y1, double x2, double y2, Color color)
    {
        var bar = plot.Add.Line(x1, y1, x2, y2);
        (bar.LineColor, bar.LineWidth, bar.MarkerSize) = (color.WithAlpha(0.4), 1, 0);
    }

    private static void Axis(IAxis axis) =>
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = value => Numbers.Percent(value) };
}
