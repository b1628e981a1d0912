using Pentimento.Data;
using Pentimento.Data.Zip;

namespace Pentimento.Painting;

/// <summary>The images of one split, painted on demand: any range at any time, each image a function of seed, split and index alone.</summary>
internal sealed class PaintedSplit
{
    private const int LongestRun = 512;
    private const int LargestRun = 1_250_000;

    private readonly Painter painter;
    private readonly Digits digits;
    private readonly Seed seed;
    private readonly ShadeTable shades;
    private readonly string stage;

    /// <summary>Checks the digits; nothing is painted yet.</summary>
    /// <param name="painter">The specification of the images.</param>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">The split that they belong to.</param>
    /// <param name="limit">Number of images, 0 for all.</param>
    /// <exception cref="BadInputException">A label is not a digit.</exception>
    public PaintedSplit(Painter painter, Digits digits, Split split, int limit)
    {
        Require.That(digits.Labels.All(label => label is >= 0 and <= 9), $"{digits.Source}: only labels 0 to 9 have a color.");
        (this.painter, this.digits) = (painter, digits);
        (seed, shades) = (painter.Seed.For("paint").For(split.ToString()), new(painter.Palette));
        stage = $"paint {painter.Canvas} {split.ToString().ToLowerInvariant()}";
        Count = limit > 0 ? Math.Min(limit, digits.Count) : digits.Count;
        Shape = new(digits.Height, digits.Width, 3);
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of images that are painted together: some hundred small ones, few large ones.</summary>
    public int RunLength => Math.Clamp(LargestRun / Math.Max(1, Shape.Size), 1, LongestRun);

    /// <summary>Paints a range of images.</summary>
    /// <param name="first">The index of the first.</param>
    /// <param name="images">uint8 (N, H, W, 3), written whole.</param>
    public void Paint(int first, Span<byte> images)
    {
        var brush = new Brush(Shape, painter.Canvas.Tier);
        for (var at = 0; at * (long)Shape.Size < images.Length; at++)
        {
            var image = images.Slice(at * Shape.Size, Shape.Size);
            PaintDigit(image, first + at);
            brush.Corrupt(image, seed.For(first + at));
        }
    }

    /// <summary>The palette index of each image's color.</summary>
    public long[] Colors() => [.. Enumerable.Range(0, Count).Select(ColorOf)];

    /// <summary>The other attributes: the background's palette index, where it has a color of its own.</summary>
    public IReadOnlyDictionary<string, long[]> Attributes() => painter.Cue == ColorPlacement.Both
        ? new Dictionary<string, long[]> { ["background"] = [.. Enumerable.Range(0, Count).Select(BackgroundOf)] }
        : new Dictionary<string, long[]>();

    /// <summary>The arrays of an npz, painted while they are written.</summary>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public IReadOnlyList<KeyValuePair<string, NpyPieces>> Arrays(RunContext run)
    {
        var progress = Progress(run);
        var images = new Pieces((long)Count * Shape.Size, RunLength * Shape.Size, (start, bytes) =>
        {
            Paint((int)(start / Shape.Size), bytes);
            progress(bytes.Length / Shape.Size);
        });
        return
        [
            new("images", new(typeof(byte), [Count, Shape.Height, Shape.Width, 3], images)),
            new("labels", NpyPieces.Of(new(digits.Labels[..Count], Count))),
            new("colors", NpyPieces.Of(new(Colors(), Count))),
            .. Attributes().Select(attribute => KeyValuePair.Create(attribute.Key, NpyPieces.Of(new(attribute.Value, Count)))),
        ];
    }

    /// <summary>A callback that takes the number of images painted and reports progress.</summary>
    public Action<int> Progress(RunContext run)
    {
        var done = 0;
        return painted => run.Report(new(stage, Interlocked.Add(ref done, painted), Count));
    }

    private void PaintDigit(Span<byte> image, int index)
    {
        var color = ColorOf(index);
        if (painter.Cue == ColorPlacement.Stroke)
        {
            shades.Paint(image, digits.Of(index), color);
            return;
        }

        var background = painter.Cue == ColorPlacement.Both ? BackgroundOf(index) : color;
        var fill = new TwoColorFill(
            painter.Cue == ColorPlacement.Both ? painter.Palette[color] : Rgb.White,
            background == ImageSet.White ? Rgb.Black : painter.Palette[background]);
        fill.Paint(image, digits.Of(index));
    }

    /// <summary>The palette index of an image's color.</summary>
    private long ColorOf(int index) => ColorOf(digits.Labels[index], new(seed.For(index).For("color")));

    /// <summary>The palette index of the background where both have a color: never the digit's.</summary>
    private long BackgroundOf(int index)
    {
        var color = ColorOf(index);
        var background = ColorOf((digits.Labels[index] + 5) % 10, new(seed.For(index).For("ground")));
        return background == color && color != ImageSet.White ? (background + 1) % 10 : background;
    }

    /// <summary>The same draws are taken in every mode, so that sets stay in step.</summary>
    private long ColorOf(long digit, SplitMix64 random)
    {
        var dominant = random.Uniform() < painter.Canvas.Bias;
        var any = random.Below(10);
        var other = random.Below(9);
        var mode = painter.Canvas.Mode;
        if (mode == Mode.Un) return any;
        var own = painter.Canvas.Dominant(digit);
        if (dominant) return own;
        return mode == Mode.Bw ? any : other + (other >= own ? 1 : 0);
    }
}
