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

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <summary>The table as PNG.</summary>
    public byte[] Draw()
    {
        var (columns, first) = (Rows.Max(row => row.Tiles.Count), Rows.SelectMany(row => row.Tiles).First().Picture);
        var letters = TextSize.For(ShortestTitle + (columns * ((first.Width * Zoom) + Gap)));
        var (width, height) = ((first.Width * Zoom) + Gap, (int)((first.Height * Zoom) + Gap + (2.4f * letters.Size)));
        var words = Rows.SelectMany(row => row.Title.Split('\n')).Max(line => Sheet.Measure(line, letters.Size));
        var title = (int)Math.Max(ShortestTitle, words + (2 * Gap));
        var across = title + (columns * width) + Gap;
        var heading = Sheet.Lines(FigureName.HeadingOf(Alt), letters.Size, across - (2 * Gap));
        var top = Gap + (int)(1.5f * letters.Size * heading.Count);
        return Sheet.Png(across, top + (Rows.Count * height) + Gap, canvas =>
        {
            for (var line = 0; line < heading.Count; line++)
                Sheet.Write(canvas, heading[line], new(Gap, Gap + (1.5f * letters.Size * (line + 0.7f))), letters.Size);
            for (var row = 0; row < Rows.Count; row++)
            {
                var upper = top + (row * height);
                Sheet.Write(canvas, Rows[row].Title.Split('\n'), new(Gap, upper + (first.Height * Zoom / 2f) + 5), letters.Size);
                for (var column = 0; column < Rows[row].Tiles.Count; column++)
                    Draw(canvas, Rows[row].Tiles[column], new SKPoint(title + (column * width), upper), letters);
            }
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => Rows.All(row => row.Tiles.Count == 0) ? [] : [new("png", Draw())];

    private static void Draw(SKCanvas canvas, Tile tile, SKPoint corner, TextSize letters)
    {
        Sheet.Draw(canvas, tile.Picture, corner, Zoom);
        var below = new SKPoint(corner.X + (tile.Picture.Width * Zoom / 2f), corner.Y + (tile.Picture.Height * Zoom) + (1.15f * letters.Size));
        Sheet.Write(canvas, tile.Marked, below, letters.Size, SKTextAlign.Center);
        Sheet.Write(canvas, tile.Note, new(below.X, below.Y + letters.Size), letters.Small, SKTextAlign.Center);
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
    /// <summary>What is known of the image; null where it is none of a set.</summary>
    public ImageMetadata? Facts { get; init; }

    /// <summary>The class that is predicted, as pages compare it within a column; empty where none is.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The caption; a wrong prediction is marked by a sign, not by colour alone.</summary>
    public string Marked => Wrong ? $"× {Caption}" : Caption;
}
