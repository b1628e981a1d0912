using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Style;

/// <summary>How axes and legends are written, the same in every plot.</summary>
internal static class AxisLook
{
    private static readonly double[] Fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Marks an axis of shares in steps of a fifth.</summary>
    public static void Shares(this IAxis axis) => axis.Names(Fifths, [.. Fifths.Select(share => $"{100 * share:0}%")]);

    /// <summary>Writes a name at each place.</summary>
    public static void Names(this IAxis axis, IEnumerable<double> places, IEnumerable<string> names) =>
        axis.TickGenerator = new NumericManual([.. places], [.. names]);

    /// <summary>Writes a name for each row or column of a table, which needs no ticks.</summary>
    public static void Heads(this IAxis axis, IEnumerable<double> places, IEnumerable<string> names)
    {
        axis.Names(places, names);
        axis.MajorTickStyle.Length = 0;
    }

    /// <summary>How much room a legend below the data takes, in pixels, a line for each entry.</summary>
    public static int LegendHeight(int entries) => 22 + (24 * entries);

    /// <summary>Shows the legend below the data, a line for each entry, so that no long name takes their room or is left out.</summary>
    public static void LegendBelow(this Plot plot)
    {
        plot.Legend.Orientation = Orientation.Vertical;
        var panel = plot.ShowLegend(Edge.Bottom);
        (panel.Padding, panel.MinimumSize) = (new(0), LegendHeight(plot.Legend.ManualItems.Count));
    }

    /// <summary>Shows the legend beside the data.</summary>
    public static void Legend(this Plot plot, Edge edge, Orientation orientation = Orientation.Vertical)
    {
        plot.Legend.Orientation = orientation;
        plot.ShowLegend(edge).Padding = new(0);
    }

    /// <summary>Names a kind of mark in the legend.</summary>
    public static void Explain(this Plot plot, string text, Color color, MarkerShape shape, float line = 0, LinePattern pattern = default) =>
        plot.Legend.ManualItems.Add(new()
        {
            LabelText = text,
            LineColor = color,
            LineWidth = line,
            LinePattern = pattern,
            MarkerShape = shape,
            MarkerSize = 9,
            MarkerFillColor = color,
            MarkerLineColor = color,
        });

    /// <summary>Names a colour that fills in the legend.</summary>
    public static void Explain(this Plot plot, string text, Color fill) =>
        plot.Legend.ManualItems.Add(
            new()
            {
                LabelText = text,
                FillColor = fill,
                LineWidth = 0,
            }
        );

    /// <summary>Text in the plot.</summary>
    public static ScottPlot.Plottables.Text Write(this Plot plot, string text, double x, double y, Alignment alignment, float smaller = 1)
    {
        var label = plot.Add.Text(text, x, y);
        (label.LabelFontColor, label.LabelFontSize, label.LabelAlignment) = (PlotColors.Text, FigureFont.Size - smaller, alignment);
        return label;
    }
}
