using CsCheck;
using Pentimento.Data;

namespace Pentimento.Tests.Data;

/// <summary>Against the definition, written out: each pixel the mean under a triangle, rows before columns, each rounded.</summary>
public sealed class ResamplingTests
{
    [Fact]
    public void Any_part_of_any_picture_is_what_the_definition_says() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[0, 1], Gen.Int[0, 1000]).Sample(
            (height, width, tall, broad, color, seed) =>
            {
                var channels = 1 + (2 * color);
                var dice = new Random(seed);
                var picture = new DecodedPicture(new byte[height * width * channels], new(height, width, channels));
                dice.NextBytes(picture.Pixels);
                var (top, left) = (dice.Next(tall), dice.Next(broad));
                var part = new PictureSize(dice.Next(tall - top) + 1, dice.Next(broad - left) + 1);
                var expected = Part(Defined(picture, tall, broad), top, left, part);

                var own = Resampling.Of(new PixelView(picture), new(tall, broad), top, left, part);
                var four = channels == 1 ? own : Resampling.Of(WithFourth(picture), new(tall, broad), top, left, part);

                Assert.Equal(expected, own.Pixels);
                Assert.Equal(expected, four.Pixels);
                Assert.Equal((part.Height, part.Width, channels), (own.Shape.Height, own.Shape.Width, own.Shape.Channels));
            },
            iter: 200);

    [Fact]
    public void Bytes_that_count_for_nothing_are_left_out_of_rows_of_any_length() => Gen.Int[1, 80].Array[2].Sample(sides =>
    {
        var picture = new DecodedPicture(new byte[sides[0] * sides[1] * 3], new(sides[0], sides[1], 3));
        new Random(sides[0]).NextBytes(picture.Pixels);

        Assert.Equal(picture.Pixels, WithFourth(picture).Part(0, 0, new(sides[0], sides[1])).Pixels);
    });

    [Fact]
    public void White_stays_white_however_many_pixels_fall_together()
    {
        // Half a million rounded weights together are a little more than one.
        var white = Enumerable.Repeat((byte)255, 500_000).ToArray();

        Assert.Equal([255], Resampling.Of(new PixelView(new(white, new(1, 500_000, 1))), new(1, 1), 0, 0, new(1, 1)).Pixels);
        Assert.Equal([255], Resampling.Of(new PixelView(new(white, new(500_000, 1, 1))), new(1, 1), 0, 0, new(1, 1)).Pixels);
    }

    private static PixelView WithFourth(DecodedPicture picture) =>
        new(picture.Pixels.Chunk(3).SelectMany((pixel, at) => (byte[])[.. pixel, (byte)(at * 7)]).ToArray(), picture.Shape, 4);

    private static byte[] Part(DecodedPicture picture, int top, int left, PictureSize size) =>
    [
        .. Enumerable.Range(top, size.Height).SelectMany(row => picture.Pixels
            .Skip(((row * picture.Shape.Width) + left) * picture.Shape.Channels).Take(size.Width * picture.Shape.Channels)),
    ];

    private static DecodedPicture Defined(DecodedPicture picture, int height, int width)
    {
        var (shape, channels) = (picture.Shape, picture.Shape.Channels);
        var rows = new byte[shape.Height * width * channels];
        for (var at = 0; at < rows.Length; at++)
        {
            var (row, column, channel) = (at / channels / width, at / channels % width, at % channels);
            rows[at] = Mean(shape.Width, width, column, from => picture.Pixels[(((row * shape.Width) + from) * channels) + channel]);
        }

        var pixels = new byte[height * width * channels];
        var line = width * channels;
        for (var at = 0; at < pixels.Length; at++) pixels[at] = Mean(shape.Height, height, at / line, from => rows[(from * line) + (at % line)]);
        return new(pixels, new(height, width, channels));
    }

    private static byte Mean(int from, int to, int place, Func<int, byte> values)
    {
        var scale = (double)from / to;
        var (support, center) = (Math.Max(scale, 1), (place + 0.5) * scale);
        var first = Math.Max(0, (int)(center - support + 0.5));
        var count = Math.Min(from, (int)(center + support + 0.5)) - first;
        var shares = Enumerable.Range(0, count).Select(at => Math.Max(0, 1 - Math.Abs((at + first - center + 0.5) / support))).ToArray();
        // Pillow's fixed point, and its rounding.
        var whole = shares.Select(share => (long)((share / shares.Sum() * (1 << 22)) + 0.5));
        return (byte)Math.Min(255, ((1 << 21) + whole.Select((share, at) => share * values(first + at)).Sum()) >> 22);
    }
}
