using System.Globalization;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>The probability of each class against the digit's hue: a ridge for each class, over a strip of the hues themselves.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Sweep">The mean probabilities.</param>
/// <param name="Color">The ridges' colour.</param>
public sealed record HueRidges(string Name, HueSweep Sweep, Color Color) : PlotFigure
{
    private const double Strip = 0.35;

    // A ridge that lies flat needs no marks.
    private const double Visible = 0.02;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt => "Probability of each class against hue. " + string.Join("; ", Enumerable.Range(0, Classes).Select(Peak)) + ".";

    /// <inheritdoc/>
    public override int Height => 110 + (30 * Classes);

    private int Classes => Sweep.Probabilities[0].Count;

    /// <inheritdoc/>
    public override Table? Values => new(
        ["hue", .. Enumerable.Range(0, Classes).Select(place => $"{place}")],
        [.. Sweep.Hues.Select((hue, at) => (IConvertible?[])[hue, .. Sweep.Probabilities[at]])]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Sweep.Hues.SelectMany(
            (hue, at) =>
                Sweep
                    .Probabilities[at]
                    .Select(
                        (share, place) =>
                            new Mark(
                                hue,
                                share >= Visible ? -place + (0.92 * share) : double.NaN,
                                string.Create(CultureInfo.InvariantCulture, $"{place} at {hue:0} degrees: {100 * share:0}%"))));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        // The circle is cut open at red, which stands at both ends.
        double[] hues = [.. Sweep.Hues, 360];
        for (var place = 0; place < Classes; place++)
        {
            double[] foot = [.. hues.Select(_ => (double)-place)];
            double[] ridge = [.. hues.Select((_, at) => -place + (0.92 * Sweep.Probabilities[at % Sweep.Hues.Count][place]))];
            var fill = plot.Add.FillY(hues, foot, ridge);
            fill.FillColor = Color.WithAlpha(0.55);
            (fill.LineColor, fill.LineWidth) = (PlotColors.Text, 1);
        }

        DrawStrip(plot);
        // The label keeps off the numbers, whose ridges reach above them.
        plot.Axes.Left.MinimumSize = 3.6f * FigureFont.Size;
        plot.Axes.Left.Names(Enumerable.Range(0, Classes).Select(place => (double)-place), Enumerable.Range(0, Classes).Select(place => $"{place}"));
        plot.Axes.Bottom.Names([0, 60, 120, 180, 240, 300, 360], ["red", "yellow", "green", "cyan", "blue", "magenta", "red"]);
        plot.Axes.SetLimits(0, 360, -Classes + 1 - (2 * Strip), 1.05);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.YLabel("probability of each digit");
    }

    private void DrawStrip(Plot plot)
    {
        var bottom = -Classes + 1 - (2 * Strip);
        for (var hue = 0; hue < 360; hue += 2)
        {
            var color = HueSweep.Saturated(hue);
            var cell = plot.Add.Rectangle(hue, hue + 2, bottom, bottom + Strip);
            (cell.FillColor, cell.LineWidth) = (new(color.Red, color.Green, color.Blue), 0);
        }
    }

    private string Peak(int place)
    {
        var best = Enumerable.Range(0, Sweep.Hues.Count).MaxBy(at => Sweep.Probabilities[at][place]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{place} is likeliest at {Sweep.Hues[best]:0} degrees, {100 * Sweep.Probabilities[best][place]:0}%");
    }
}
