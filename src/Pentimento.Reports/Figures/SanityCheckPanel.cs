using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>One sanity check: a line for each method, each with its own mark.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Across">What runs from left to right.</param>
/// <param name="Up">What is measured.</param>
/// <param name="Places">The names of the places from left to right.</param>
/// <param name="Lines">The methods' values at these places; one place gives points.</param>
internal sealed record SanityCheckPanel(
    string Name,
    string Alt,
    string Across,
    string Up,
    IReadOnlyList<string> Places,
    IReadOnlyList<SanityCheckLine> Lines) : PlotFigure
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <inheritdoc/>
    public override int Width => 680;

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            [Across, .. Lines.Select(line => line.Title)],
            [.. Places.Select((place, at) => (IConvertible?[])[place, .. Lines.Select(line => (IConvertible)line.Values[at])])]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Lines.SelectMany(line =>
            line.Values.Select((value, at) => new Mark(at, value, $"{line.Title}, {Across} {Places[at]}: {Numbers.Significant(value)}")));

    private IEnumerable<double> Seen => Lines.SelectMany(line => line.Values).Where(double.IsFinite);

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        double[] across = [.. Enumerable.Range(0, Places.Count).Select(place => (double)place)];
        for (var at = 0; at < Lines.Count; at++)
        {
            var line = plot.Add.Scatter(across, Lines[at].Values.ToArray(), PlotColors.Sets[at % PlotColors.Sets.Count]);
            (line.LineWidth, line.MarkerShape, line.MarkerSize, line.LegendText) = (
                2,
                PlotColors.Shapes[(at + (at / PlotColors.Sets.Count)) % PlotColors.Shapes.Count],
                9,
                Lines[at].Title);
        }

        plot.Axes.Bottom.Names(across, Places);
        plot.Axes.SetLimits(-0.3, Places.Count - 0.7, Math.Min(0, Seen.Min()) - 0.04, Math.Max(1, Seen.Max()) + 0.04);
        plot.XLabel(Across);
        plot.YLabel(Up);
        plot.Legend(Edge.Right);
    }
}

/// <summary>A method's line.</summary>
/// <param name="Title">What the legend calls it.</param>
/// <param name="Values">Its values, from left to right.</param>
internal sealed record SanityCheckLine(string Title, IReadOnlyList<double> Values);
