using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class StrokeTests
{
    private static readonly ImageShape Shape = new(8, 8, 3);

    [Fact]
    public void A_thin_line_covers_the_pixels_under_it() =>
        Assert.Equal([(3, 2), (3, 3), (3, 4), (3, 5)], Covered(new(2, 3, 5, 3, 1, new("", 9, 8, 7))));

    [Fact]
    public void A_line_two_pixels_thick_covers_what_is_at_most_one_away() =>
        Assert.Equal([(2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (3, 4), (4, 2), (4, 3)], Covered(new(2, 3, 3, 3, 2, new("", 9, 8, 7))));

    [Fact]
    public void A_diagonal_goes_through_its_corners() =>
        Assert.Equal([(0, 0), (1, 1), (2, 2)], Covered(new(0, 0, 2, 2, 1, new("", 9, 8, 7))));

    [Fact]
    public void A_line_without_length_is_a_dot() => Assert.Equal([(4, 4)], Covered(new(4, 4, 4, 4, 1, new("", 9, 8, 7))));

    [Fact]
    public void The_frame_cuts_what_sticks_out() => Assert.Equal([(0, 6), (0, 7), (1, 7)], Covered(new(7, 0, 7, 0, 2, new("", 9, 8, 7))));

    [Fact]
    public void It_covers_every_centre_within_half_its_thickness_and_no_other()
    {
        var random = new SplitMix64(new(3));
        for (var draw = 0; draw < 3000; draw++)
        {
            var stroke = Stroke.Random(Shape, (0.1, 4), ref random) with { Color = new("", 9, 8, 7) };
            Assert.Equal(
                Enumerable
                    .Range(0, 64)
                    .Select(pixel => (Row: pixel / 8, Column: pixel % 8))
                    .Where(pixel => Distance(stroke, pixel.Column, pixel.Row) <= stroke.Thickness / 2),
                Covered(stroke));
        }
    }

    [Fact]
    public void It_paints_its_colour_over_what_is_there()
    {
        var image = Enumerable.Repeat((byte)200, Shape.Size).ToArray();

        new Stroke(1, 0, 1, 0, 1, new("", 9, 8, 7)).Draw(image, Shape);

        Assert.Equal([200, 200, 200, 9, 8, 7, 200], image[..7]);
    }

    [Fact]
    public void Random_ones_are_uniform_in_the_frame_in_thickness_and_in_colour()
    {
        var random = new SplitMix64(new(1));
        var wide = new ImageShape(8, 20, 3);
        var strokes = new Stroke[20_000];
        for (var draw = 0; draw < strokes.Length; draw++) strokes[draw] = Stroke.Random(wide, (1.5, 2.5), ref random);

        AssertUniform(strokes.Select(stroke => stroke.X1 / 19));
        AssertUniform(strokes.Select(stroke => stroke.X2 / 19));
        AssertUniform(strokes.Select(stroke => stroke.Y1 / 7));
        AssertUniform(strokes.Select(stroke => stroke.Y2 / 7));
        AssertUniform(strokes.Select(stroke => stroke.Thickness - 1.5));
        // A byte stands for the stretch of 1/256 that it begins.
        foreach (Func<Rgb, byte> channel in (Func<Rgb, byte>[])[color => color.Red, color => color.Green, color => color.Blue])
        {
            AssertUniform(strokes.Select((stroke, at) => (channel(stroke.Color) + ((at + 0.5) / strokes.Length)) / 256));
            Assert.Equal(256, strokes.Select(stroke => channel(stroke.Color)).Distinct().Count());
        }
    }

    /// <summary>Kolmogorov and Smirnov at 0.1% against the uniform distribution on [0, 1].</summary>
    private static void AssertUniform(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        Assert.InRange(sorted[0], 0, 1);
        Assert.InRange(sorted[^1], 0, 1);
        Assert.InRange(
            sorted.Select((value, at) => Math.Max(value - ((double)at / sorted.Length), ((at + 1.0) / sorted.Length) - value)).Max(),
            0,
            1.95 / Math.Sqrt(sorted.Length));
    }

    /// <summary>From a pixel to the nearest of the segment's points, by the angles at its ends.</summary>
    private static double Distance(Stroke stroke, int column, int row)
    {
        var (ux, uy, vx, vy) = (stroke.X2 - stroke.X1, stroke.Y2 - stroke.Y1, column - stroke.X1, row - stroke.Y1);
        var (wx, wy) = (column - stroke.X2, row - stroke.Y2);
        if ((ux * vx) + (uy * vy) <= 0) return Math.Sqrt((vx * vx) + (vy * vy));
        if ((ux * wx) + (uy * wy) >= 0) return Math.Sqrt((wx * wx) + (wy * wy));
        return Math.Abs((ux * vy) - (uy * vx)) / Math.Sqrt((ux * ux) + (uy * uy));
    }

    private static IEnumerable<(int Row, int Column)> Covered(Stroke stroke)
    {
        var image = new byte[Shape.Size];
        stroke.Draw(image, Shape);
        return Enumerable.Range(0, 64).Where(pixel => image[3 * pixel] > 0).Select(pixel => (pixel / 8, pixel % 8));
    }
}
