using Pentimento.Data;
using Pentimento.Data.Zip;

namespace Pentimento.Painting;

/// <summary>One split's images as a painter will paint them: any run of them at any time, each a function of seed, split and index alone.</summary>
internal sealed class Series
{
    private const int LongestRun = 512;
    private const int LargestRun = 1_250_000;

    private readonly Painter painter;
    private readonly Digits digits;
    private readonly Seed seed;
    private readonly ShadeTable tints;
    private readonly string stage;

    /// <summary>Looks at the digits; nothing is painted yet.</summary>
    /// <param name="painter">Who paints.</param>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">Which half they are.</param>
    /// <param name="limit">How many images, 0 for all.</param>
    /// <exception cref="BadInputException">A label is not a digit.</exception>
    public Series(Painter painter, Digits digits, Split split, int limit)
    {
        Require.That(digits.Labels.All(label => label is >= 0 and <= 9), $"{digits.Source}: only labels 0 to 9 have a colour.");
        (this.painter, this.digits) = (painter, digits);
        (seed, tints) = (painter.Seed.For("paint").For(split.ToString()), new(painter.Palette));
        stage = $"paint {painter.Canvas} {split.ToString().ToLowerInvariant()}";
        Count = limit > 0 ? Math.Min(limit, digits.Count) : digits.Count;
        Shape = new(digits.Height, digits.Width, 3);
    }

    /// <summary>How many images there are.</summary>
    public int Count { get; }

    /// <summary>The size of each.</summary>
    public ImageShape Shape { get; }

    /// <summary>How many images are best painted together: some hundred small ones, few large ones.</summary>
    public int RunLength => Math.Clamp(LargestRun / Math.Max(1, Shape.Size), 1, LongestRun);

    /// <summary>Paints neighbouring images.</summary>
    /// <param name="first">The index of the first.</param>
    /// <param name="images">uint8 (N, H, W, 3), written whole.</param>
    public void Paint(int first, Span<byte> images)
    {
        var brush = new Brush(Shape, painter.Canvas.Tier);
        for (var at = 0; at * (long)Shape.Size < images.Length; at++)
        {
            var image = images.Slice(at * Shape.Size, Shape.Size);
            Lay(image, first + at);
            brush.Disturb(image, seed.For(first + at));
        }
    }

    /// <summary>The palette indices that the images wear.</summary>
    public long[] Colors() => [.. Enumerable.Range(0, Count).Select(ColorOf)];

    /// <summary>What else the images wear: the ground, where it has a colour of its own.</summary>
    public IReadOnlyDictionary<string, long[]> Attributes() => painter.Cue == Cue.Both
        ? new Dictionary<string, long[]> { ["background"] = [.. Enumerable.Range(0, Count).Select(GroundOf)] }
        : new Dictionary<string, long[]>();

    /// <summary>The arrays of an npz, painted while they are written.</summary>
    /// <param name="run">Hears about progress and may stop the work.</param>
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

    /// <summary>Told of images painted, tells how far the series is.</summary>
    public Action<int> Progress(RunContext run)
    {
        var done = 0;
        return painted => run.Report(new(stage, Interlocked.Add(ref done, painted), Count));
    }

    private void Lay(Span<byte> image, int index)
    {
        var color = ColorOf(index);
        if (painter.Cue == Cue.Stroke)
        {
            tints.Lay(image, digits.Of(index), color);
            return;
        }

        var ground = painter.Cue == Cue.Both ? GroundOf(index) : color;
        var coat = new TwoColorFill(
            painter.Cue == Cue.Both ? painter.Palette[color] : Rgb.White,
            ground == ImageSet.White ? Rgb.Black : painter.Palette[ground]);
        coat.Lay(image, digits.Of(index));
    }

    /// <summary>The palette index that an image wears.</summary>
    private long ColorOf(int index) => ColorOf(digits.Labels[index], new(seed.For(index).For("color")));

    /// <summary>The palette index of the background where the digit has a colour of its own: never the same.</summary>
    private long GroundOf(int index)
    {
        var color = ColorOf(index);
        var ground = ColorOf((digits.Labels[index] + 5) % 10, new(seed.For(index).For("ground")));
        return ground == color && color != ImageSet.White ? (ground + 1) % 10 : ground;
    }

    /// <summary>The same draws are taken in every mode, so that sets stay in step.</summary>
    private long ColorOf(long digit, SplitMix64 dice)
    {
        var dominant = dice.Uniform() < painter.Canvas.Bias;
        var any = dice.Below(10);
        var other = dice.Below(9);
        var mode = painter.Canvas.Mode;
        if (mode == Mode.Un) return any;
        var own = painter.Canvas.Dominant(digit);
        if (dominant) return own;
        return mode == Mode.Bw ? any : other + (other >= own ? 1 : 0);
    }
}
