using Pentimento.Data;
using SkiaSharp;

namespace Pentimento.Painting;

/// <summary>One RGB image on which a cue is planted.</summary>
internal sealed class PlantedImage
{
    private const int Channels = 3;
    private readonly int height;
    private readonly int width;

    // Of a grey picture all three are one array.
    private readonly double[][] planes;

    /// <summary>Begins with a picture.</summary>
    /// <param name="picture">uint8 (H, W, C).</param>
    /// <param name="shape">Its height, width and channels.</param>
    public PlantedImage(ReadOnlySpan<byte> picture, ImageShape shape)
    {
        (height, width) = (shape.Height, shape.Width);
        var first = Plane(picture, shape, 0);
        planes = shape.Channels == 1 ? [first, first, first] : [first, Plane(picture, shape, 1), Plane(picture, shape, 2)];
        Write((at, channel) => 255 * planes[channel][at]);
    }

    /// <summary>uint8 (H, W, 3).</summary>
    public byte[] Pixels { get; private set; } = [];

    /// <summary>Paints what is bright in a colour.</summary>
    public void Tint(Rgb color) => Write((at, channel) => planes[channel][at] * Part(color, channel));

    /// <summary>Paints what is dark in a colour.</summary>
    public void Fill(Rgb color, double strength) =>
        Write((at, channel) => ((1 - planes[channel][at]) * strength * Part(color, channel)) + (255 * planes[channel][at]));

    /// <summary>Covers a corner.</summary>
    public void Patch((bool Bottom, bool Right) corner, Rgb color, int side) =>
        Square(corner.Bottom ? height - side - 1 : 1, corner.Right ? width - side - 1 : 1, color, side);

    /// <summary>Covers a square whose place is drawn at random.</summary>
    public void Stick(Rgb color, int side, ref SplitMix64 random) => Square(random.Below(height - side), random.Below(width - side), color, side);

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
        Square(row, column, Rgb.White, 2);
    }

    /// <summary>Paints stripes behind what is bright.</summary>
    public void Stripes(double direction, double phase) => Write((at, channel) =>
    {
        var across = (at / width * Math.Sin(direction)) + (at % width * Math.Cos(direction));
        var ground = 50 + (40 * Math.Sin((across * 2 * Math.PI / 5) + phase));
        return Math.Max(ground, 255 * planes[channel][at]);
    });

    /// <summary>Scales every pixel.</summary>
    public void Scale(double factor) => Write((at, channel) => 255 * factor * planes[channel][at]);

    /// <summary>Adds a pattern of single pixels.</summary>
    public void Pattern(Seed seed, double strength)
    {
        var random = new SplitMix64(seed);
        double[] signs = [.. Enumerable.Range(0, height * width).Select(_ => random.Below(2) == 0 ? -1.0 : 1)];
        // On black only what is added shows, so the picture is lifted off black first.
        Write((at, channel) => strength + ((255 - (2 * strength)) * planes[channel][at]) + (strength * signs[at]));
    }

    /// <summary>Rotates and scales the picture about the image's middle.</summary>
    public void Warp(double angle, double size)
    {
        var (middleRow, middleColumn) = ((height - 1) / 2.0, (width - 1) / 2.0);
        Change(plane =>
        [
            .. Enumerable.Range(0, plane.Length).Select(at =>
            {
                var (down, right) = ((at / width) - middleRow, (at % width) - middleColumn);
                return Sample(
                    plane,
                    middleRow + (((Math.Cos(angle) * down) - (Math.Sin(angle) * right)) / size),
                    middleColumn + (((Math.Sin(angle) * down) + (Math.Cos(angle) * right)) / size));
            }),
        ]);
    }

    /// <summary>Moves the picture away from the image's middle.</summary>
    /// <param name="around">In which direction, 0..1 of a turn.</param>
    /// <param name="distance">How far, in pixels.</param>
    public void Move(double around, double distance)
    {
        var (down, right) = (distance * Math.Sin(2 * Math.PI * around), distance * Math.Cos(2 * Math.PI * around));
        Change(plane => [.. Enumerable.Range(0, plane.Length).Select(at => Sample(plane, (at / width) - down, (at % width) - right))]);
    }

    /// <summary>Adds uniform noise to the picture, which is lifted off black and white so that none is cut off.</summary>
    /// <param name="reach">The largest change of a value.</param>
    /// <param name="most">The largest reach that there is, by which every picture is lifted.</param>
    /// <param name="random">Draws it.</param>
    public void Roughen(double reach, double most, ref SplitMix64 random)
    {
        var noise = new double[height * width];
        for (var at = 0; at < noise.Length; at++) noise[at] = random.Uniform(-reach, reach);
        Write((at, channel) => most + ((255 - (2 * most)) * planes[channel][at]) + noise[at]);
    }

    /// <summary>Brings every pixel nearer to middle grey.</summary>
    public void Squeeze(double factor) => Write((at, channel) => 127.5 + (255 * factor * (planes[channel][at] - 0.5)));

    /// <summary>Blurs with a Gaussian.</summary>
    /// <param name="deviation">Its deviation in pixels; 0 for none.</param>
    public void Blur(double deviation)
    {
        if (deviation >= 0.1) Change(plane => Blurred(plane, deviation));
    }

    /// <summary>Takes the picture with another camera: blurred a little, lifted off black, and with noise.</summary>
    /// <param name="random">Draws the noise.</param>
    public void Retake(ref SplitMix64 random)
    {
        const double Blur = 0.6;
        const double Lift = 12;
        const double Noise = 5;
        var noise = new double[height * width];
        for (var at = 0; at < noise.Length; at++) noise[at] = random.Uniform(-Noise, Noise);
        var blurred = planes.Select(plane => Blurred(plane, Blur)).ToArray();
        Write((at, channel) => Lift + ((255 - Lift) * blurred[channel][at]) + noise[at]);
    }

    private void Square(int top, int left, Rgb color, int side) => Cover(
        at => at / width >= top && at / width < top + side && at % width >= left && at % width < left + side,
        channel => Part(color, channel));

    private double[] Blurred(double[] plane, double deviation)
    {
        var reach = (int)Math.Ceiling(3 * deviation);
        double[] kernel = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(at => Math.Exp(-at * at / (2 * deviation * deviation)))];
        var sum = kernel.Sum();
        double[] Along(double[] from, int step, Func<int, int> along, int end) =>
        [
            .. Enumerable.Range(0, from.Length).Select(at =>
                kernel.Index().Where(tap => along(at) + tap.Index - reach >= 0 && along(at) + tap.Index - reach < end)
                    .Sum(tap => tap.Item * from[at + ((tap.Index - reach) * step)]) / sum),
        ];
        return Along(Along(plane, 1, at => at % width, width), width, at => at / width, height);
    }

    /// <summary>Saves and reads the image as a JPEG.</summary>
    /// <param name="quality">1 to 100.</param>
    public void Jpeg(int quality)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        byte[] opaque = [.. Enumerable.Range(0, height * width * 4).Select(at => at % 4 == 3 ? (byte)255 : Pixels[(at / 4 * Channels) + (at % 4)])];
        using var image = SKImage.FromPixelCopy(info, opaque);
        using var saved = image.Encode(SKEncodedImageFormat.Jpeg, quality);
        using var read = SKBitmap.Decode(saved, info);
        Pixels = [.. read.GetPixelSpan().ToArray().Index().Where(value => value.Index % 4 != 3).Select(value => value.Item)];
    }

    private double Sample(double[] plane, double row, double column)
    {
        var (top, left) = ((int)Math.Floor(row), (int)Math.Floor(column));
        double At(int r, int c) => r < 0 || r >= height || c < 0 || c >= width ? 0 : plane[(r * width) + c];
        var (down, right) = (row - top, column - left);
        return ((1 - down) * (((1 - right) * At(top, left)) + (right * At(top, left + 1))))
            + (down * (((1 - right) * At(top + 1, left)) + (right * At(top + 1, left + 1))));
    }

    private static double[] Plane(ReadOnlySpan<byte> picture, ImageShape shape, int channel)
    {
        var plane = new double[shape.Height * shape.Width];
        for (var at = 0; at < plane.Length; at++) plane[at] = picture[(at * shape.Channels) + channel] / 255.0;
        return plane;
    }

    private static double Part(Rgb color, int channel) => channel switch { 0 => color.Red, 1 => color.Green, _ => color.Blue };

    private void Change(Func<double[], double[]> change)
    {
        var first = change(planes[0]);
        var changed = planes.Select((plane, at) => at == 0 || plane == planes[0] ? first : change(plane)).ToArray();
        Write((at, channel) => 255 * changed[channel][at]);
    }

    private void Cover(Func<int, bool> where, Func<int, double> value)
    {
        var before = Pixels;
        Write((at, channel) => where(at) ? value(channel) : before[(at * Channels) + channel]);
    }

    private void Write(Func<int, int, double> value) => Pixels =
    [
        .. Enumerable.Range(0, height * width * Channels)
            .Select(at => (byte)Math.Clamp(Math.Round(value(at / Channels, at % Channels)), 0, 255)),
    ];
}
