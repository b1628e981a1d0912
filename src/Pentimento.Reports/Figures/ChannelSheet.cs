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

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw()
    {
        var columns = Math.Min(Columns, Tiles.Count);
        var rows = (Tiles.Count + columns - 1) / columns;
        var width = (columns * (Side + Gap)) + Gap;
        var letters = TextSize.For(width);
        var caption = (int)(2.3f * letters.Size);
        var heading = Sheet.Lines(FigureName.HeadingOf(Alt), letters.Size, width - (2 * Gap));
        var top = Gap + (int)(1.5f * letters.Size * heading.Count);
        return Sheet.Png(width, top + (rows * (Side + Gap + caption)), canvas =>
        {
            for (var line = 0; line < heading.Count; line++)
                Sheet.Write(canvas, heading[line], new(Gap, Gap + (1.5f * letters.Size * (line + 0.7f))), letters.Size);
            for (var at = 0; at < Tiles.Count; at++)
            {
                var tile = Tiles[at];
                var corner = new SKPoint(Gap + (at % columns * (Side + Gap)), top + (at / columns * (Side + Gap + caption)));
                Sheet.Draw(canvas, tile.Picture, corner, Math.Max(1, Side / tile.Picture.Width));
                Sheet.Write(canvas, tile.Marked, new(corner.X + (Side / 2f), corner.Y + Side + letters.Size), letters.Size, SKTextAlign.Center);
                var below = new SKPoint(corner.X + (Side / 2f), corner.Y + Side + (2 * letters.Size));
                Sheet.Write(canvas, tile.Note, below, letters.Small, SKTextAlign.Center);
            }
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];
}
