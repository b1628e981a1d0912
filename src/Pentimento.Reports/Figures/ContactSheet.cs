using Pentimento.Data;
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

    /// <inheritdoc/>
    public override string Name => $"canvas-{Images.Name}";

    /// <inheritdoc/>
    public override string Alt =>
        $"Contact sheet of {Images.Name}: {Rows} images of each of the digits {Images.Labels.Min()} to {Images.Labels.Max()}, one digit a column.";

    /// <summary>The sheet's width in pixels.</summary>
    public int Width => (Columns.Count * (Gap + (Zoom * Images.Shape.Width))) + Gap;

    /// <summary>The sheet's height in pixels.</summary>
    public int Height => (Rows * (Gap + (Zoom * Images.Shape.Height))) + Gap;

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
        for (var column = 0; column < columns.Count; column++)
        {
            for (var row = 0; row < columns[column].Length; row++)
            {
                var corner = new SKPoint(Gap + (column * (Gap + (Zoom * Images.Shape.Width))), Gap + (row * (Gap + (Zoom * Images.Shape.Height))));
                Sheet.Draw(canvas, Picture.Of(Images, columns[column][row]), corner, Zoom);
            }
        }
    });

    /// <inheritdoc/>
    public override IEnumerable<FigureFile> Drawings() => [new("png", Draw())];
}
