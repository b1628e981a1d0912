using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>A line plot of metrics by epoch, or by something else; points where there is one epoch.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Axis">What is measured.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Scale">How the axis of values runs.</param>
public sealed record Curves(string Name, string Alt, string Axis, IReadOnlyList<Curve> Lines, Scale Scale) : PlotFigure
{
    /// <summary>What runs from left to right; what is not drawn by epoch has no whole numbers and may begin anywhere.</summary>
    public string Across { get; init; } = "epoch";

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    // A legend that finds no room leaves out what comes last.
    /// <inheritdoc/>
    public override int Height => base.Height + (Lines.Count > 1 ? AxisLook.LegendHeight(Lines.Count) : 0);

    /// <inheritdoc/>
    public override Table? Values => new(
        ["line", Across, Axis, .. Banded ? (string[])["low", "high"] : []],
        [.. Lines.SelectMany(line => line.Values.Select((value, at) => (IConvertible?[])[line.Title, line.Epochs[at], value, .. Band(line, at)]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks => Lines.SelectMany(line => line.Values.Select((value, at) =>
        new Mark(line.Epochs[at], Level(value), $"{line.Title}, {Across} {Scale.Plain.Short(line.Epochs[at])}: {Scale.Short(value)}")));

    private bool Banded => Lines.Any(line => line.Low is not null);

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var at = 0; at < Lines.Count; at++) Draw(plot, Lines[at], at);
        plot.XLabel(Across);
        plot.YLabel(Axis);
        var (left, right) = Across == "epoch" ? Epochs(plot) : (Lines.Min(line => line.Epochs.Min()), Lines.Max(line => line.Epochs.Max()));
        var (low, high) = Ends(plot);
        plot.Axes.SetLimits(left, right, low, high);
        if (Lines.Count > 1) plot.LegendBelow();
        else plot.HideLegend();
    }

    private double Level(double value) => Scale == Scale.Decades ? Math.Log10(Math.Max(value, double.Epsilon)) : value;

    private IConvertible?[] Band(Curve line, int at) => Banded ? [line.Low?[at], line.High?[at]] : [];

    private void Draw(Plot plot, Curve line, int at)
    {
        var epochs = line.Epochs.ToArray();
        var values = line.Values.Select(Level).ToArray();
        if (line is { Low: { } low, High: { } high })
        {
            var band = plot.Add.FillY(epochs, low.Select(Level).ToArray(), high.Select(Level).ToArray());
            (band.FillColor, band.LineWidth) = (line.Color.WithAlpha(0.2), 0);
        }

        var drawn = plot.Add.ScatterLine(epochs, values, line.Color);
        (drawn.LineWidth, drawn.LinePattern) = (2, line.Dashed ? LinePattern.Dashed : LinePattern.Solid);
        // A long training has too many epochs for a mark on each.
        var every = Math.Max(1, epochs.Length / 12);
        var marked = Enumerable.Range(0, epochs.Length).Where(place => place % every == 0).ToList();
        var marks = plot.Add.ScatterPoints(
            marked.Select(place => epochs[place]).ToArray(),
            marked.Select(place => values[place]).ToArray(),
            line.Color);
        (marks.MarkerShape, marks.MarkerSize) = (PlotColors.Shapes[at % PlotColors.Shapes.Count], 9);
        plot.Explain(line.Title, line.Color, marks.MarkerShape, 2, drawn.LinePattern);
    }

    private (double Low, double High) Ends(Plot plot)
    {
        var values = Lines.SelectMany(line => line.Values).Where(double.IsFinite).ToList();
        switch (Scale)
        {
            case Scale.Share:
                plot.Axes.Left.Shares();
                return (-0.04, 1.04);
            case Scale.Decades:
                var positive = values.Where(value => value > 0).DefaultIfEmpty(1).ToList();
                var low = (int)Math.Floor(Math.Log10(positive.Min()));
                var high = (int)Math.Max(low + 1, Math.Ceiling(Math.Log10(positive.Max())));
                var decades = Enumerable.Range(low, high - low + 1).ToList();
                plot.Axes.Left.Names(
                    decades.Select(decade => (double)decade),
                    decades.Select(decade => Math.Pow(10, decade).ToString("0.############", null)));
                return (low - 0.05, high + 0.05);
            default:
                var (least, most) = (values.DefaultIfEmpty().Min(), values.DefaultIfEmpty(1).Max());
                var margin = most > least ? 0.05 * (most - least) : 1;
                return (least - margin, most + margin);
        }
    }

    private (double Left, double Right) Epochs(Plot plot)
    {
        var count = (int)Math.Round(Lines.Max(line => line.Epochs[^1]));
        var step = Math.Max(1, (int)Math.Ceiling(count / 10.0));
        var marks = Enumerable.Range(1, count).Where(epoch => step == 1 || epoch % step == 0).ToList();
        plot.Axes.Bottom.Names(marks.Select(epoch => (double)epoch), marks.Select(epoch => $"{epoch}"));
        var margin = Math.Max(0.3, 0.04 * count);
        return Lines.Min(line => line.Epochs[0]) < 1 ? (0, count * 1.02) : (1 - margin, count + margin);
    }
}

/// <summary>One line of a figure.</summary>
/// <param name="Title">What the legend calls it.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Epochs">When each value was measured: 1 is the end of the first epoch.</param>
/// <param name="Values">The values.</param>
public sealed record Curve(string Title, Color Color, IReadOnlyList<double> Epochs, IReadOnlyList<double> Values)
{
    /// <summary>The lower edge of a band around the line, one for each value; null where it has none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>The upper edge.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Whether the line is broken: a kind of its own among the others.</summary>
    public bool Dashed { get; init; }

    /// <summary>A line with one value an epoch, from the first.</summary>
    public Curve(string title, Color color, IReadOnlyList<double> values)
        : this(title, color, [.. Enumerable.Range(1, values.Count).Select(epoch => (double)epoch)], values) { }
}
