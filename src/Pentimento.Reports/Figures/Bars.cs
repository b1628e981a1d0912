using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>Bars with intervals: a row for each label, in it a bar for each series.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Axis">What is measured.</param>
/// <param name="Series">The series, from top to bottom within a row; all of them have the same labels.</param>
/// <param name="Scale">How the axis of values runs: <see cref="Scale.Share"/> or <see cref="Scale.Plain"/>.</param>
public record Bars(string Name, string Alt, string Axis, IReadOnlyList<BarSeries> Series, Scale Scale = Scale.Share) : PlotFigure
{
    private const double Filled = 0.72;
    private const int LongestLabel = 20;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <inheritdoc/>
    public override int Width => 520;

    /// <inheritdoc/>
    public override int Height
    {
        get
        {
            var row = Series[0].Bars.Any(bar => Broken(bar.Label) != bar.Label) ? 46 : 26;
            var legend = Series.Count > 1 ? AxisLook.LegendHeight(Series.Count) : 0;
            return 80 + (Series[0].Bars.Count * Math.Max(row, (20 * Series.Count) + 12)) + legend;
        }
    }

    /// <inheritdoc/>
    public override Table? Values => new(
        ["label", "series", Axis, "low", "high"],
        [.. Series.SelectMany(series => series.Bars.Select(bar => (IConvertible?[])[bar.Label, series.Title, bar.Value, bar.Low, bar.High]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Series
            .Index()
            .SelectMany(series =>
                series
                    .Item.Bars.Index()
                    .Select(bar => new Mark(
                        bar.Item.Value,
                        Place(series.Index, bar.Index),
                        $"{bar.Item.Label}{(Series.Count > 1 ? $", {series.Item.Title}" : "")}: {Text(bar.Item)}")));

    private double Thickness => Filled / Series.Count;

    private IEnumerable<double> Reached =>
        Series.SelectMany(series => series.Bars).SelectMany(bar => new[] { bar.Low, bar.Value, bar.High }).OfType<double>().Where(double.IsFinite);

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        foreach (var (at, series) in Series.Index())
        {
            foreach (var (place, bar) in series.Bars.Index()) Draw(plot, bar, Place(at, place), series.Color);
            plot.Explain(series.Title, series.Color);
        }

        var labels = Series[0].Bars;
        plot.Axes.Left.Heads(labels.Select((_, place) => (double)-place), labels.Select(bar => Broken(bar.Label)));
        plot.Axes.Left.TickLabelStyle.FontSize = FigureFont.Size;
        var (least, most) =
            Scale == Scale.Share ? (0, 1) : (Math.Min(0, Reached.DefaultIfEmpty().Min()), Math.Max(0, Reached.DefaultIfEmpty(1).Max()));
        if (Scale == Scale.Share)
            plot.Axes.Bottom.Shares();
        // Room for the number behind the longest bar.
        plot.Axes.SetLimits(least, most + (0.2 * (most - least)), -labels.Count + 0.4, 0.6);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel(Axis);
        if (Series.Count > 1) plot.LegendBelow();
        else plot.HideLegend();
    }

    /// <summary>A long label in two lines, parted at a comma or before brackets.</summary>
    private static string Broken(string label)
    {
        if (label.Length <= LongestLabel) return label;
        var comma = label.IndexOf(", ", StringComparison.Ordinal);
        return comma > 0 ? $"{label[..(comma + 1)]}\n{label[(comma + 2)..]}" : label.Replace(" (", "\n(", StringComparison.Ordinal);
    }

    private double Place(int series, int label) => -label + (Thickness * ((Series.Count / 2.0) - series - 0.5));

    private void Draw(Plot plot, Bar bar, double y, Color color)
    {
        if (!double.IsFinite(bar.Value)) return;
        var drawn = plot.Add.Rectangle(Math.Min(0, bar.Value), Math.Max(0, bar.Value), y - (Thickness / 2) + 0.02, y + (Thickness / 2) - 0.02);
        (drawn.FillColor, drawn.LineWidth) = (color, 0);
        if (bar is { Low: { } low, High: { } high }) DrawInterval(plot, low, high, y);
        plot.Write(Short(bar.Value), Math.Max(0, Math.Max(bar.High ?? bar.Value, bar.Value)), y, Alignment.MiddleLeft).OffsetX = 6;
    }

    private void DrawInterval(Plot plot, double low, double high, double y)
    {
        DrawLine(plot, low, y, high, y);
        foreach (var end in new[] { low, high }) DrawLine(plot, end, y - (Thickness / 5), end, y + (Thickness / 5));
    }

    private static void DrawLine(Plot plot, double x1, double y1, double x2, double y2)
    {
        var line = plot.Add.Line(x1, y1, x2, y2);
        (line.LineColor, line.LineWidth, line.MarkerSize) = (PlotColors.Text, 1.5f, 0);
    }

    private string Text(Bar bar) =>
        bar is { Low: { } low, High: { } high } ? $"{Short(bar.Value)} ({Short(low)} to {Short(high)})" : Short(bar.Value);

    private string Short(double value) => Scale.Short(value);
}

/// <summary>Bars of one colour.</summary>
/// <param name="Title">What the legend calls them.</param>
/// <param name="Color">Their colour.</param>
/// <param name="Bars">From top to bottom.</param>
public sealed record BarSeries(string Title, Color Color, IReadOnlyList<Bar> Bars);

/// <summary>One bar.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Where it ends.</param>
/// <param name="Low">The lower end of its interval; null where it has none.</param>
/// <param name="High">The upper end.</param>
public sealed record Bar(string Label, double Value, double? Low = null, double? High = null);
