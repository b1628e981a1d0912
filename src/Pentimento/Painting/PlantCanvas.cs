namespace Pentimento.Painting;

/// <summary>One RGB image on which a cue is planted.</summary>
internal sealed class PlantCanvas
{
    private readonly int height;
    private readonly int width;
    private readonly double[] grey;

    /// <summary>Begins with a grey image.</summary>
    public PlantCanvas(byte[] digit, int height, int width)
    {
        (this.height, this.width) = (height, width);
        grey = Array.ConvertAll(digit, value => value / 255.0);
        Write((at, _) => 255 * grey[at]);
    }

    /// <summary>uint8 (H, W, 3).</summary>
    public byte[] Pixels { get; private set; } = [];

    /// <summary>Paints the digit in a colour.</summary>
    public void Tint(Rgb color) => Write((at, channel) => grey[at] * Part(color, channel));

    /// <summary>Paints the ground in a colour, the digit white.</summary>
    public void Fill(Rgb color, double strength) =>
        Write((at, channel) => ((1 - grey[at]) * strength * Part(color, channel)) + (255 * grey[at]));

    /// <summary>Covers a corner.</summary>
    public void Patch((bool Bottom, bool Right) corner, Rgb color, int side) => Cover(
        at => at / width >= (corner.Bottom ? height - side - 1 : 1) && at / width < (corner.Bottom ? height - 1 : side + 1)
            && at % width >= (corner.Right ? width - side - 1 : 1) && at % width < (corner.Right ? width - 1 : side + 1),
        channel => Part(color, channel));

    /// <summary>Covers the outermost pixels with a grey.</summary>
    public void Frame(byte value) =>
        Cover(at => at / width == 0 || at / width == height - 1 || at % width == 0 || at % width == width - 1, _ => value);

    /// <summary>Puts a white dot of 2x2 pixels near the border.</summary>
    /// <param name="around">How far around the border, 0..1.</param>
    public void Dot(double around)
    {
        var angle = 2 * Math.PI * around;
        var reach = (Math.Min(height, width) / 2) - 2;
        var stretch = 1 / Math.Max(Math.Abs(Math.Cos(angle)), Math.Abs(Math.Sin(angle)));
        var row = (int)Math.Round((height / 2.0) - 1 + (reach * stretch * Math.Sin(angle)));
        var column = (int)Math.Round((width / 2.0) - 1 + (reach * stretch * Math.Cos(angle)));
        Cover(at => at / width >= row && at / width < row + 2 && at % width >= column && at % width < column + 2, _ => 255);
    }

    /// <summary>Paints stripes behind the digit.</summary>
    public void Stripes(double direction, double phase) => Write((at, _) =>
    {
        var across = (at / width * Math.Sin(direction)) + (at % width * Math.Cos(direction));
        var ground = 50 + (40 * Math.Sin((across * 2 * Math.PI / 5) + phase));
        return Math.Max(ground, 255 * grey[at]);
    });

    /// <summary>Scales every pixel.</summary>
    public void Scale(double factor) => Write((at, _) => 255 * factor * grey[at]);

    /// <summary>Adds a pattern of single pixels.</summary>
    public void Pattern(Seed seed, double strength)
    {
        var random = new SplitMix64(seed);
        double[] signs = [.. Enumerable.Range(0, grey.Length).Select(_ => random.Below(2) == 0 ? -1.0 : 1)];
        // On black only what is added shows, so the digit is lifted off black first.
        Write((at, _) => strength + ((255 - (2 * strength)) * grey[at]) + (strength * signs[at]));
    }

    /// <summary>Rotates and scales the digit about the image's middle.</summary>
    public void Warp(double angle, double size)
    {
        var (middleRow, middleColumn) = ((height - 1) / 2.0, (width - 1) / 2.0);
        double[] warped =
        [
            .. Enumerable.Range(0, grey.Length).Select(at =>
            {
                var (down, right) = ((at / width) - middleRow, (at % width) - middleColumn);
                return Sample(
                    middleRow + (((Math.Cos(angle) * down) - (Math.Sin(angle) * right)) / size),
                    middleColumn + (((Math.Sin(angle) * down) + (Math.Cos(angle) * right)) / size));
            }),
        ];
        Write((at, _) => 255 * warped[at]);
    }

    /// <summary>Blurs with a Gaussian.</summary>
    /// <param name="deviation">Its deviation in pixels; 0 for none.</param>
    public void Blur(double deviation)
    {
        if (deviation < 0.1) return;
        var reach = (int)Math.Ceiling(3 * deviation);
        double[] kernel = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(at => Math.Exp(-at * at / (2 * deviation * deviation)))];
        var sum = kernel.Sum();
        double[] Along(double[] from, int step, Func<int, int> along, int end) =>
        [
            .. Enumerable.Range(0, from.Length).Select(at =>
                kernel.Index().Where(tap => along(at) + tap.Index - reach >= 0 && along(at) + tap.Index - reach < end)
                    .Sum(tap => tap.Item * from[at + ((tap.Index - reach) * step)]) / sum),
        ];
        var blurred = Along(Along(grey, 1, at => at % width, width), width, at => at / width, height);
        Write((at, _) => 255 * blurred[at]);
    }

    private double Sample(double row, double column)
    {
        var (top, left) = ((int)Math.Floor(row), (int)Math.Floor(column));
        double At(int r, int c) => r < 0 || r >= height || c < 0 || c >= width ? 0 : grey[(r * width) + c];
        var (down, right) = (row - top, column - left);
        return ((1 - down) * (((1 - right) * At(top, left)) + (right * At(top, left + 1))))
            + (down * (((1 - right) * At(top + 1, left)) + (right * At(top + 1, left + 1))));
    }

    private static double Part(Rgb color, int channel) => channel switch { 0 => color.Red, 1 => color.Green, _ => color.Blue };

    private void Cover(Func<int, bool> where, Func<int, double> value)
    {
        var before = Pixels;
        Write((at, channel) => where(at) ? value(channel) : before[(at * 3) + channel]);
    }

    private void Write(Func<int, int, double> value) =>
        Pixels = [.. Enumerable.Range(0, grey.Length * 3).Select(at => (byte)Math.Clamp(Math.Round(value(at / 3, at % 3)), 0, 255))];
}
