using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>Pictures of many channels in rows, each with its number.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Tiles">The pictures, from left to right and then downwards.</param>
internal sealed record ChannelSheet(string Name, string Alt, IReadOnlyList<Tile> Tiles) : Figure
{
    private const int Columns = 16;
    private const int Side = 84;
    private const int Gap = 6;
    private const int Caption = 34;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw()
    {
        var columns = Math.Min(Columns, Tiles.Count);
        var rows = (Tiles.Count + columns - 1) / columns;
        return Sheet.Png((columns * (Side + Gap)) + Gap, (rows * (Side + Gap + Caption)) + Gap, canvas =>
        {
            for (var at = 0; at < Tiles.Count; at++)
            {
                var tile = Tiles[at];
                var corner = new SKPoint(Gap + (at % columns * (Side + Gap)), Gap + (at / columns * (Side + Gap + Caption)));
                Sheet.Draw(canvas, tile.Picture, corner, Math.Max(1, Side / tile.Picture.Width));
                Sheet.Write(canvas, tile.Marked, new(corner.X + (Side / 2f), corner.Y + Side + 15), 13, SKTextAlign.Center);
                Sheet.Write(canvas, tile.Note, new(corner.X + (Side / 2f), corner.Y + Side + 29), 11, SKTextAlign.Center);
            }
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];
}
