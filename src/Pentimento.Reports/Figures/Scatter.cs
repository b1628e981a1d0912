using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>Named points, such as the accuracy of networks on their own set against the reversed one.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Across">What runs from left to right.</param>
/// <param name="Up">What runs upwards.</param>
/// <param name="Groups">The points; each group has its colour and mark in the order given.</param>
/// <param name="Scale">How both axes run: <see cref="Scale.Share"/> or <see cref="Scale.Plain"/>.</param>
public sealed record Scatter(string Name, string Alt, string Across, string Up, IReadOnlyList<SpotGroup> Groups, Scale Scale = Scale.Share)
    : PlotFigure
{
    /// <summary>The groups' colours, in their order.</summary>
    public IReadOnlyList<Color> Palette { get; init; } = PlotColors.Series;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <inheritdoc/>
    public override int Width => 560;

    /// <inheritdoc/>
    public override int Height => 420 + (Groups.Count > 1 ? AxisLook.LegendHeight(Groups.Count) : 0);

    /// <inheritdoc/>
    public override Table? Values => new(
        ["group", "label", Across, Up],
        [.. Groups.SelectMany(group => group.Spots.Select(spot => (IConvertible?[])[group.Title, spot.Label, spot.X, spot.Y]))]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Groups.SelectMany(group =>
            group.Spots.Select(spot => new Mark(
                spot.X,
                spot.Y,
                $"{string.Join(", ", new[] { group.Title, spot.Label }.Where(text => text.Length > 0))}: "
                + $"{Across} {Scale.Short(spot.X)}, {Up} {Scale.Short(spot.Y)}")));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        // Drawn from last to first, so that the first lie on top.
        foreach (var (at, group) in Groups.Index().Reverse())
        {
            var (color, shape) = (Palette[at % Palette.Count], PlotColors.Shapes[at % PlotColors.Shapes.Count]);
            foreach (var spot in group.Spots)
            {
                var marker = plot.Add.Marker(spot.X, spot.Y, shape, 9, color);
                (marker.MarkerStyle.OutlineColor, marker.MarkerStyle.OutlineWidth) = spot.Hollow ? (color, 2) : (PlotColors.Paper, 1);
                if (spot.Hollow) marker.MarkerStyle.FillColor = PlotColors.Paper;
            }
        }

        foreach (var (at, group) in Groups.Index())
            plot.Explain(group.Title, Palette[at % Palette.Count], PlotColors.Shapes[at % PlotColors.Shapes.Count]);
        if (Scale == Scale.Share)
        {
            plot.Axes.Bottom.Shares();
            plot.Axes.Left.Shares();
            plot.Axes.SetLimits(-0.02, 1.03, -0.02, 1.03);
        }

        plot.XLabel(Across);
        plot.YLabel(Up);
        if (Groups.Count > 1) plot.LegendBelow();
        else plot.HideLegend();
    }
}

/// <summary>Points of one colour.</summary>
/// <param name="Title">What the legend calls them.</param>
/// <param name="Spots">The points.</param>
public sealed record SpotGroup(string Title, IReadOnlyList<Spot> Spots);

/// <summary>One point.</summary>
/// <param name="Label">What it stands for; empty where the group says it all.</param>
/// <param name="X">Where from left to right.</param>
/// <param name="Y">How far up.</param>
public sealed record Spot(string Label, double X, double Y)
{
    /// <summary>Whether only its outline is drawn: one kind of point among those of a group.</summary>
    public bool Hollow { get; init; }
}
