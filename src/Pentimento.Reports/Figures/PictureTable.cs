using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>Pictures in rows that show the same images in different ways, a column for each image.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record PictureTable(string Name, string Alt, IReadOnlyList<PictureRow> Rows) : Figure
{
    private const int Zoom = 4;
    private const int Gap = 8;
    private const int ShortestTitle = 130;
    private const int Caption = 36;
    private const float SmallLetters = 11;
    private const float Letters = 15;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <summary>The table as PNG.</summary>
    public byte[] Draw()
    {
        var (columns, first) = (Rows.Max(row => row.Tiles.Count), Rows.SelectMany(row => row.Tiles).First().Picture);
        var (width, height) = ((first.Width * Zoom) + Gap, (first.Height * Zoom) + Gap + Caption);
        var title = (int)Math.Max(ShortestTitle, Rows.SelectMany(row => row.Title.Split('\n')).Max(line => Sheet.Measure(line, Letters)) + (2 * Gap));
        return Sheet.Png(title + (columns * width) + Gap, (Rows.Count * height) + Gap, canvas =>
        {
            for (var row = 0; row < Rows.Count; row++)
            {
                var top = Gap + (row * height);
                Sheet.Write(canvas, Rows[row].Title.Split('\n'), new(Gap, top + (first.Height * Zoom / 2f) + 5), Letters);
                for (var column = 0; column < Rows[row].Tiles.Count; column++)
                    Draw(canvas, Rows[row].Tiles[column], new SKPoint(title + (column * width), top));
            }
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => Rows.All(row => row.Tiles.Count == 0) ? [] : [new("png", Draw())];

    private static void Draw(SKCanvas canvas, Tile tile, SKPoint corner)
    {
        Sheet.Draw(canvas, tile.Picture, corner, Zoom);
        var below = new SKPoint(corner.X + (tile.Picture.Width * Zoom / 2f), corner.Y + (tile.Picture.Height * Zoom) + 17);
        Sheet.Write(canvas, tile.Marked, below, Letters, SKTextAlign.Center);
        Sheet.Write(canvas, tile.Note, new(below.X, below.Y + 15), SmallLetters, SKTextAlign.Center);
    }
}

/// <summary>A row of pictures.</summary>
/// <param name="Title">What the row shows, in one line or several.</param>
/// <param name="Tiles">From left to right.</param>
public sealed record PictureRow(string Title, IReadOnlyList<Tile> Tiles);

/// <summary>A picture with its caption.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Caption">The text below it.</param>
/// <param name="Wrong">Whether it stands for a wrong prediction.</param>
/// <param name="Note">A second, smaller line.</param>
public sealed record Tile(Picture Picture, string Alt, string Caption, bool Wrong = false, string Note = "")
{
    /// <summary>The caption; a wrong prediction is marked by a sign, not by colour alone.</summary>
    public string Marked => Wrong ? $"× {Caption}" : Caption;
}
