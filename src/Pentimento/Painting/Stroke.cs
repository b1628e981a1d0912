using System.Runtime.CompilerServices;
using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>A straight line of one color: every pixel whose centre lies within half the thickness of the segment.</summary>
/// <param name="X1">Column of the first end, in pixels.</param>
/// <param name="Y1">Row of the first end.</param>
/// <param name="X2">Column of the second end.</param>
/// <param name="Y2">Row of the second end.</param>
/// <param name="Thickness">In pixels.</param>
/// <param name="Color">The color of the line.</param>
internal readonly record struct Stroke(double X1, double Y1, double X2, double Y2, double Thickness, Rgb Color)
{
    /// <summary>A random line: two uniform points, a uniform thickness of the range and a uniform color.</summary>
    public static Stroke Random(ImageShape shape, (double Low, double High) thickness, ref SplitMix64 random)
    {
        var (x1, y1, x2, y2) = (
            random.Uniform(0, shape.Width - 1),
            random.Uniform(0, shape.Height - 1),
            random.Uniform(0, shape.Width - 1),
            random.Uniform(0, shape.Height - 1));
        var wide = random.Uniform(thickness.Low, thickness.High);
        return new(x1, y1, x2, y2, wide, new("", (byte)random.Below(256), (byte)random.Below(256), (byte)random.Below(256)));
    }

    /// <summary>Draws the line onto an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(Span<byte> image, ImageShape shape)
    {
        var half = Thickness / 2;
        var top = Math.Max(0, (int)(Math.Min(Y1, Y2) - half));
        var bottom = Math.Min(shape.Height - 1, (int)Math.Ceiling(Math.Max(Y1, Y2) + half));
        for (var row = top; row <= bottom; row++)
        {
            // A row cuts the line in one stretch, and the stretch holds the place where the row is nearest to the segment.
            var middle = (int)Math.Clamp(Nearest(row), 0, shape.Width - 1);
            var line = image.Slice(row * shape.Width * 3, shape.Width * 3);
            for (var column = middle; column >= 0 && Covers(column, row); column--) SetPixel(line.Slice(column * 3, 3));
            for (var column = middle + 1; column < shape.Width && Covers(column, row); column++) SetPixel(line.Slice(column * 3, 3));
        }
    }

    private void SetPixel(Span<byte> pixel) => (pixel[0], pixel[1], pixel[2]) = (Color.Red, Color.Green, Color.Blue);

    /// <summary>The column of the segment's point nearest to a row.</summary>
    private double Nearest(int row) => X1 + ((Y2 == Y1 ? 0 : Math.Clamp((row - Y1) / (Y2 - Y1), 0, 1)) * (X2 - X1));

    private bool Covers(int column, int row) => SquaredDistance(column, row) <= Thickness / 2 * (Thickness / 2);

    private double SquaredDistance(double x, double y)
    {
        var (dx, dy) = (X2 - X1, Y2 - Y1);
        var length = (dx * dx) + (dy * dy);
        var along = length > 0 ? Math.Clamp((((x - X1) * dx) + ((y - Y1) * dy)) / length, 0, 1) : 0;
        var (offX, offY) = (x - X1 - (along * dx), y - Y1 - (along * dy));
        return (offX * offX) + (offY * offY);
    }
}
