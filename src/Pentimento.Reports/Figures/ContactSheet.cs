using Pentimento.Data;
using Pentimento.Painting;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Pictures;
using SkiaSharp;

namespace Pentimento.Reports.Figures;

/// <summary>The first images of each class, or of each colour, a column for each.</summary>
/// <param name="Images">The images.</param>
/// <param name="Rows">How many of each.</param>
/// <param name="By">The attribute that decides the column: <c>labels</c>, <c>colors</c> or another that the set has.</param>
public sealed record ContactSheet(ImageSet Images, int Rows = 3, string By = "labels") : Figure
{
    private const int Zoom = 3;
    private const int Gap = 4;

    // Sheets stand in pairs on a page, at half their width.
    private const int Letters = 25;
    private const int Line = 36;

    /// <inheritdoc/>
    public override string Name => $"canvas-{Images.Name}";

    /// <inheritdoc/>
    public override string Alt =>
        $"Contact sheet of {Images.Name}: {Rows} images of each of the digits {Images.Labels.Min()} to {Images.Labels.Max()}, one digit a column.";

    /// <summary>The sheet's width in pixels.</summary>
    public int Width => (Columns.Count * (Gap + (Zoom * Images.Shape.Width))) + Gap;

    /// <summary>The sheet's height in pixels.</summary>
    public int Height => Head + (Rows * (Gap + (Zoom * Images.Shape.Height))) + Gap;

    private int Head => (Lines.Count + 1) * Line;

    private IReadOnlyList<string> Lines => Sheet.Lines(DatasetDescription.Title(Images.Name), Letters, Width - (2 * Gap));

    /// <summary>The images shown, by column.</summary>
    public IReadOnlyList<int[]> Columns =>
        [
            .. Enumerable
                .Range(0, Images.Count)
                .GroupBy(at => Images.AttributeOf(By)[at])
                .OrderBy(group => group.Key)
                .Select(group => group.Take(Rows).ToArray()),
        ];

    /// <summary>The sheet as PNG.</summary>
    public byte[] Draw() => Sheet.Png(Width, Height, canvas =>
    {
        var columns = Columns;
        foreach (var (at, line) in Lines.Index()) Sheet.Write(canvas, line, new(Gap, (at * Line) + Letters + 4), Letters);
        for (var column = 0; column < columns.Count; column++)
        {
            var left = Gap + (column * (Gap + (Zoom * Images.Shape.Width)));
            var middle = new SKPoint(left + (Zoom * Images.Shape.Width / 2f), Head - 7);
            Sheet.Write(canvas, NameOf(columns[column][0]), middle, Letters, SKTextAlign.Center);
            for (var row = 0; row < columns[column].Length; row++)
            {
                var corner = new SKPoint(left, Head + Gap + (row * (Gap + (Zoom * Images.Shape.Height))));
                Sheet.Draw(canvas, Picture.Of(Images, columns[column][row]), corner, Zoom);
            }
        }
    });

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];

    /// <summary>What a column's images have in common, cut to the column's width.</summary>
    private string NameOf(int at)
    {
        var value = Images.AttributeOf(By)[at];
        var seed = By is "color" or "colors" && !Images.ValueNames.ContainsKey(ImageSet.Color) && value < Palette.Seed.Colors.Count;
        var name = seed ? Palette.Seed.Colors[(int)value].Name : Images.ValueName(By, value);
        var room = (Zoom * Images.Shape.Width) + Gap;
        while (name.Length > 2 && Sheet.Measure(name, Letters) > room) name = $"{name[..^2]}…";
        return name;
    }
}
