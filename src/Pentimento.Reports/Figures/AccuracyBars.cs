using Pentimento.Experiments;
using Pentimento.Reports.Look;
using Pentimento.Reports.Telling;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>The accuracy of each network on each set, with its interval.</summary>
/// <param name="Networks">The networks, the lazy one first.</param>
public sealed record AccuracyBars(IReadOnlyList<NetworkEvaluation> Networks) : PlotFigure
{
    private const double Thickness = 0.36;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override string Alt => "Bars of accuracy. " + string.Join("; ", Networks.Select(network =>
        $"{network.Network}: {string.Join(", ", network.Sets.Select(set => $"{set.Data} {Numbers.Percent(set.Accuracy)}"))}")) + ".";

    /// <inheritdoc/>
    public override int Height => 80 + (52 * Networks[0].Sets.Count);

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var sets = Networks[0].Sets;
        for (var at = 0; at < Networks.Count; at++)
        {
            for (var place = 0; place < sets.Count; place++) Draw(plot, at, place);
            plot.Legend.ManualItems.Add(new() { LabelText = Networks[at].Network, FillColor = Ink.Of(Networks[at].Network), LineWidth = 0 });
        }

        plot.Axes.Left.TickGenerator = new NumericManual([.. sets.Select((_, place) => (double)-place)], [.. sets.Select(set => set.Data)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.TickLabelStyle.FontSize = Lettering.Size;
        plot.Axes.Bottom.TickGenerator = new NumericManual([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]);
        plot.Axes.SetLimits(0, 1.2, -sets.Count + 0.4, 0.6);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel("accuracy");
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Top).Padding = new(0);
    }

    private void Draw(Plot plot, int at, int place)
    {
        var network = Networks[at];
        var set = network.Sets[place];
        var y = -place + (Thickness * ((Networks.Count / 2.0) - at - 0.5));
        var bar = plot.Add.Rectangle(0, set.Accuracy, y - (Thickness / 2) + 0.02, y + (Thickness / 2) - 0.02);
        bar.FillColor = Ink.Of(network.Network);
        bar.LineWidth = 0;
        DrawInterval(plot, set.Low, set.High, y);
        var words = plot.Add.Text(Numbers.Percent(set.Accuracy), Math.Max(set.High, set.Accuracy), y);
        words.LabelFontColor = Ink.Text;
        words.LabelFontSize = Lettering.Size - 1;
        words.LabelAlignment = Alignment.MiddleLeft;
        words.OffsetX = 6;
    }

    private static void DrawInterval(Plot plot, double low, double high, double y)
    {
        DrawLine(plot, low, y, high, y);
        foreach (var end in new[] { low, high }) DrawLine(plot, end, y - (Thickness / 5), end, y + (Thickness / 5));
    }

    private static void DrawLine(Plot plot, double x1, double y1, double x2, double y2)
    {
        var line = plot.Add.Line(x1, y1, x2, y2);
        line.LineColor = Ink.Text;
        line.LineWidth = 1.5f;
        line.MarkerSize = 0;
    }
}
