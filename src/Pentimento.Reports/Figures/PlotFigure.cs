using Pentimento.Reports.Style;
using Pentimento.Reports.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>A figure with axes, written as PNG and SVG.</summary>
public abstract record PlotFigure : Figure
{
    // A PNG is drawn at twice the size, for sharp screens and print.
    private const int Sharpness = 2;

    // The symbol of a legend's entry with the space around it.
    private const float LegendMargin = 60;

    /// <summary>The width in pixels of a page.</summary>
    public virtual int Width => 480;

    /// <summary>The height in pixels of a page, without the heading.</summary>
    public virtual int Height => 300;

    /// <summary>What stands above the drawing, for those who meet it without its page: by default how its description begins.</summary>
    public virtual string Heading => FigureName.HeadingOf(Alt);

    /// <summary>The height in pixels of a page, with the heading.</summary>
    internal int DrawnHeight
    {
        get
        {
            using var plot = Drawn();
            return Height + (int)(HeadingLines(plot).Count * 1.5 * FigureFont.Size);
        }
    }

    /// <summary>Puts the data on fresh axes.</summary>
    public Plot Draw()
    {
        var plot = Drawn();
        plot.Title(string.Join('\n', HeadingLines(plot)), FigureFont.Size);
        (plot.Axes.Title.Label.Bold, plot.Axes.Title.Label.ForeColor, plot.Axes.Title.FullFigureCenter) = (false, PlotColors.Text, true);
        return plot;
    }

    /// <summary>The drawing as SVG for a page that names the colours and the typeface.</summary>
    public string Inline()
    {
        using var plot = Draw();
        // Where a mark lies in pixels is known once the plot is drawn.
        var xml = plot.GetSvgXml(Width, DrawnHeight);
        return Svg.ForPage(
            xml,
            Name,
            Alt,
            Marks.Where(mark => double.IsFinite(mark.X + mark.Y)).Select(mark => (plot.GetPixel(new(mark.X, mark.Y)), mark.Text)));
    }

    /// <summary>The drawing as PNG.</summary>
    public byte[] Png()
    {
        using var plot = Draw();
        plot.ScaleFactor = Sharpness;
        return plot.GetImageBytes(Width * Sharpness, DrawnHeight * Sharpness, ImageFormat.Png);
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings()
    {
        yield return new("svg", Svg.ForFile(Lines(), Name, Alt));
        yield return new("png", Png());
    }

    private string Lines()
    {
        using var plot = Draw();
        return plot.GetSvgXml(Width, DrawnHeight);
    }

    // Where a legend stands beside the data, the heading has the room beside it alone.
    private IReadOnlyList<string> HeadingLines(Plot plot) =>
        Sheet.Lines(Heading, FigureFont.Size, Width - LegendBeside(plot) - (2 * FigureFont.Size));

    private static float LegendBeside(Plot plot) =>
        plot.Axes.GetPanels().OfType<ScottPlot.Panels.LegendPanel>().Any(panel => panel.Edge == Edge.Right)
            ? LegendMargin + plot.Legend.ManualItems.Select(item => Sheet.Measure(item.LabelText, FigureFont.Size - 1)).DefaultIfEmpty().Max()
            : 0;

    private Plot Drawn()
    {
        FigureFont.Use();
        var plot = new Plot();
        plot.FigureBackground.Color = PlotColors.Paper;
        plot.DataBackground.Color = PlotColors.Paper;
        plot.Axes.Color(PlotColors.Text);
        plot.Grid.MajorLineColor = PlotColors.Hairline;
        foreach (var edge in new IAxis[] { plot.Axes.Right, plot.Axes.Top }) LeaveFree(edge);
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = FigureFont.Size - 1;
            axis.Label.FontSize = FigureFont.Size;
            axis.Label.Bold = false;
        }

        plot.Legend.FontSize = FigureFont.Size - 1;
        plot.Legend.FontColor = PlotColors.Text;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.BackgroundColor = PlotColors.Paper;
        plot.Legend.ShadowColor = Colors.Transparent;
        Draw(plot);
        return plot;
    }

    // Text at the ends of axes reach beyond the data: these edges keep room for them.
    private static void LeaveFree(IAxis edge)
    {
        edge.FrameLineStyle.Width = 0;
        edge.TickGenerator = new EmptyTickGenerator();
        edge.MinimumSize = FigureFont.Size;
    }

    /// <summary>The numbers that are shown at each place of the plot.</summary>
    protected virtual IEnumerable<Mark> Marks => [];

    /// <summary>Puts the data on axes that already have the house's look.</summary>
    protected abstract void Draw(Plot plot);
}
