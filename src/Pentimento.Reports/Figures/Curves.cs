using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>Numbers by epoch. One epoch gives points.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Axis">What is measured.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Scale">How the axis of values runs.</param>
public sealed record Curves(string Name, string Alt, string Axis, IReadOnlyList<Curve> Lines, Scale Scale) : PlotFigure
{
    // Lines differ by their marks as well as by colour; dashes are lost in SVG.
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.OpenCircle];

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    // A legend that finds no room leaves out what comes last.
    /// <inheritdoc/>
    public override int Height => Math.Max(base.Height, 40 + (26 * Lines.Count));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var at = 0; at < Lines.Count; at++) Draw(plot, Lines[at], at);
        var epochs = (int)Math.Round(Lines.Max(line => line.Epochs[^1]));
        plot.Axes.Bottom.TickGenerator = Epochs(epochs);
        plot.XLabel("epoch");
        plot.YLabel(Axis);
        if (Scale == Scale.Share) plot.Axes.SetLimits(Left(epochs), Right(epochs), -0.04, 1.04);
        else DrawDecades(plot, epochs);
        if (Scale == Scale.Share) plot.Axes.Left.TickGenerator = new NumericManual([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]);
        if (Lines.Count > 1) plot.ShowLegend(Edge.Right).Padding = new(0);
        else plot.HideLegend();
    }

    private void Draw(Plot plot, Curve line, int at)
    {
        var epochs = line.Epochs.ToArray();
        var values = line.Values.Select(value => Scale == Scale.Decades ? Math.Log10(Math.Max(value, double.Epsilon)) : value).ToArray();
        var drawn = plot.Add.ScatterLine(epochs, values, line.Color);
        drawn.LineWidth = 2;
        // A long training has too many epochs for a mark on each.
        var every = Math.Max(1, epochs.Length / 12);
        var marked = Enumerable.Range(0, epochs.Length).Where(place => place % every == 0).ToList();
        var marks = plot.Add.ScatterPoints(marked.Select(place => epochs[place]).ToArray(), marked.Select(place => values[place]).ToArray(), line.Color);
        (marks.MarkerShape, marks.MarkerSize) = (Shapes[at % Shapes.Length], 9);
        plot.Legend.ManualItems.Add(new()
        {
            LabelText = line.Title,
            LineColor = line.Color,
            LineWidth = 2,
            MarkerShape = marks.MarkerShape,
            MarkerSize = 9,
            MarkerFillColor = line.Color,
            MarkerLineColor = line.Color,
        });
    }

    private void DrawDecades(Plot plot, int epochs)
    {
        var positive = Lines.SelectMany(line => line.Values).Where(value => value > 0).DefaultIfEmpty(1).ToList();
        var low = (int)Math.Floor(Math.Log10(positive.Min()));
        var high = (int)Math.Max(low + 1, Math.Ceiling(Math.Log10(positive.Max())));
        var decades = Enumerable.Range(low, high - low + 1).ToList();
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. decades.Select(decade => (double)decade)], [.. decades.Select(decade => Math.Pow(10, decade).ToString("0.############", null))]);
        plot.Axes.SetLimits(Left(epochs), Right(epochs), low - 0.05, high + 0.05);
    }

    private double Left(int epochs) => Lines.Min(line => line.Epochs[0]) < 1 ? 0 : 1 - Margin(epochs);

    private double Right(int epochs) => Left(epochs) == 0 ? epochs * 1.02 : epochs + Margin(epochs);

    private static double Margin(int epochs) => Math.Max(0.3, 0.04 * epochs);

    private static NumericManual Epochs(int count)
    {
        var step = Math.Max(1, (int)Math.Ceiling(count / 10.0));
        var marks = Enumerable.Range(1, count).Where(epoch => step == 1 || epoch % step == 0).ToList();
        return new([.. marks.Select(epoch => (double)epoch)], [.. marks.Select(epoch => $"{epoch}")]);
    }
}

/// <summary>One line of a figure.</summary>
/// <param name="Title">What the legend calls it.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Epochs">When each value was measured: 1 is the end of the first epoch.</param>
/// <param name="Values">The values.</param>
public sealed record Curve(string Title, Color Color, IReadOnlyList<double> Epochs, IReadOnlyList<double> Values)
{
    /// <summary>A line with one value an epoch, from the first.</summary>
    public Curve(string title, Color color, IReadOnlyList<double> values) : this(title, color, [.. Enumerable.Range(1, values.Count).Select(epoch => (double)epoch)], values)
    {
    }
}

/// <summary>How an axis of values runs.</summary>
public enum Scale
{
    /// <summary>From 0% to 100%.</summary>
    Share,

    /// <summary>Each step is ten times the one before.</summary>
    Decades,
}
