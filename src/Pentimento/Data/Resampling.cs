namespace Pentimento.Data;

/// <summary>Scaling by a triangle filter as wide as the step, so that every pixel counts: first the rows, then the columns, each rounded to
/// bytes.</summary>
/// <remarks>Bilinear filtering as Pillow does it, to the last bit; torchvision's default, and its antialiased one for tensors.</remarks>
internal static class Resampling
{
    // Weights are whole numbers of so many bits, as in Pillow, so that every machine rounds alike.
    private const int Bits = 22;

    /// <summary>Scales a picture to a height and width; one that has them stays as it is.</summary>
    public static DecodedPicture Of(DecodedPicture picture, int height, int width)
    {
        var (shape, pixels) = (picture.Shape, picture.Pixels);
        if (shape.Width != width)
        {
            pixels = Rows(pixels, shape, width);
            shape = shape with { Width = width };
        }

        if (shape.Height == height) return new(pixels, shape);
        return new(Columns(pixels, shape, height), shape with { Height = height });
    }

    private static byte[] Rows(byte[] pixels, ImageShape shape, int width)
    {
        var (taps, channels) = (Taps.Of(shape.Width, width), shape.Channels);
        var weights = taps.Weights;
        var scaled = new byte[shape.Height * width * channels];
        for (var row = 0; row < shape.Height; row++)
        {
            var source = pixels.AsSpan(row * shape.Width * channels, shape.Width * channels);
            var target = scaled.AsSpan(row * width * channels, width * channels);
            for (var column = 0; column < width; column++)
            {
                var (first, count, start) = (taps.First[column], taps.Count[column], column * taps.Most);
                for (var channel = 0; channel < channels; channel++)
                {
                    var sum = 1 << (Bits - 1);
                    for (var tap = 0; tap < count; tap++) sum += weights[start + tap] * source[((first + tap) * channels) + channel];
                    target[(column * channels) + channel] = (byte)Math.Clamp(sum >> Bits, 0, 255);
                }
            }
        }

        return scaled;
    }

    private static byte[] Columns(byte[] pixels, ImageShape shape, int height)
    {
        var (taps, length) = (Taps.Of(shape.Height, height), shape.Width * shape.Channels);
        var (scaled, sums) = (new byte[height * length], new int[length]);
        for (var row = 0; row < height; row++)
        {
            Array.Fill(sums, 1 << (Bits - 1));
            for (var tap = 0; tap < taps.Count[row]; tap++)
            {
                var weight = taps.Weights[(row * taps.Most) + tap];
                var source = pixels.AsSpan((taps.First[row] + tap) * length, length);
                for (var at = 0; at < source.Length; at++) sums[at] += weight * source[at];
            }

            var target = scaled.AsSpan(row * length, length);
            for (var at = 0; at < target.Length; at++) target[at] = (byte)Math.Clamp(sums[at] >> Bits, 0, 255);
        }

        return scaled;
    }

    /// <summary>Which places of a line make each place of a scaled one, and with what weights.</summary>
    private sealed record Taps(int[] First, int[] Count, int[] Weights, int Most)
    {
        public static Taps Of(int from, int to)
        {
            var scale = (double)from / to;
            // Enlarged, every place lies between two; reduced, the triangle covers all that fall together.
            var support = Math.Max(scale, 1);
            var most = ((int)Math.Ceiling(support) * 2) + 1;
            var taps = new Taps(new int[to], new int[to], new int[to * most], most);
            var shares = new double[most];
            for (var at = 0; at < to; at++)
            {
                var center = (at + 0.5) * scale;
                var first = Math.Max(0, (int)(center - support + 0.5));
                var count = Math.Min(from, (int)(center + support + 0.5)) - first;
                var sum = 0.0;
                for (var tap = 0; tap < count; tap++)
                    sum += shares[tap] = Math.Max(0, 1 - Math.Abs((tap + first - center + 0.5) / support));
                for (var tap = 0; tap < count; tap++) taps.Weights[(at * most) + tap] = (int)((shares[tap] / sum * (1 << Bits)) + 0.5);
                (taps.First[at], taps.Count[at]) = (first, count);
            }

            return taps;
        }
    }
}
