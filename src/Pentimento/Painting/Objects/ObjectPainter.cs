using Pentimento.Data;

namespace Pentimento.Painting.Objects;

/// <summary>Paints a set of objects on grounds. Each image is a function of seed, split and index alone, on its own ground and on the
/// other.</summary>
/// <param name="atlas">The pictures.</param>
/// <param name="canvas">The specification of the set.</param>
/// <param name="seed">The seed of all random draws; sets painted from one seed differ only in their grounds.</param>
/// <param name="vendors">The emoji sets that objects are taken from, by number; none for all.</param>
internal sealed class ObjectPainter(ObjectAtlas atlas, ObjectCanvas canvas, Seed seed, params IReadOnlyList<int> vendors)
{
    /// <summary>The version of the generator, raised whenever the same seed paints other bytes than before.</summary>
    public const int Version = 1;

    /// <summary>The attribute that says what an image's ground is.</summary>
    public const string Ground = "ground";

    /// <summary>The attribute that says which emoji set an image's object is of.</summary>
    public const string Vendor = "vendor";

    private const int Side = ObjectAtlas.Side;
    private const double SmallestScale = 0.55;
    private const double LargestScale = 0.95;
    private const int BlockLength = 64;

    private readonly int[] vendors = vendors.Count > 0 ? [.. vendors] : [.. Enumerable.Range(0, ObjectAtlas.Names[Vendor].Length)];
    private readonly Dictionary<(Split, long, int), int[]> glyphs = Numbers(atlas.Glyphs, glyph => (glyph.Split, (long)glyph.Label, glyph.Vendor));
    private readonly Dictionary<(Split, long), int[]> grounds = Numbers(atlas.Grounds, ground => (ground.Split, ground.Kind));

    /// <summary>The shape of every image.</summary>
    public static ImageShape Shape => new(Side, Side, 3);

    /// <summary>The specification of the set.</summary>
    public ObjectCanvas Canvas => canvas;

    /// <summary>The seed of all random draws.</summary>
    public Seed Seed => seed;

    /// <summary>Where the pictures come from.</summary>
    public string Source => atlas.Source;

    /// <summary>Number of training and of test images.</summary>
    public (int Train, int Test) Counts { get; init; } = (8000, 2000);

    /// <summary>Number of images of a split.</summary>
    public int Count(Split split) => split == Split.Train ? Counts.Train : Counts.Test;

    /// <summary>Number of images of a split where a limit, 0 for none, leaves its first ones.</summary>
    public int Count(Split split, int limit) => limit > 0 ? Math.Min(limit, Count(split)) : Count(split);

    /// <summary>The class of every image of a split, the same in sets of every name.</summary>
    public long[] Labels(Split split) => [.. Enumerable.Range(0, Count(split)).Select(index => LabelOf(Of(split, index)))];

    /// <summary>The first images of a split, 0 for all.</summary>
    /// <inheritdoc cref="Paint"/>
    public ImageSet PaintFirst(Split split, int limit, int threads, RunContext run) =>
        Paint(split, [.. Enumerable.Range(0, Count(split, limit))], GroundChoice.Own, threads, run);

    /// <summary>The images that a limit draws from a split, as <see cref="ImageSet.Take"/> does; all for 0.</summary>
    /// <inheritdoc cref="Paint"/>
    public ImageSet PaintDrawn(Split split, int limit, int threads, RunContext run) =>
        limit <= 0 || limit >= Count(split)
            ? PaintFirst(split, 0, threads, run)
            : Paint(split, StratifiedDraw.Of(Labels(split), limit, ImageSet.LimitSeed), GroundChoice.Own, threads, run);

    /// <summary>Paints images of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="places">Their indices.</param>
    /// <param name="ground">The ground that they get.</param>
    /// <param name="threads">Number of threads; the bytes do not depend on it.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public ImageSet Paint(Split split, IReadOnlyList<int> places, GroundChoice ground, int threads, RunContext run)
    {
        var compositions = places.Select(place => Of(split, place).On(ground)).ToList();
        var pixels = new byte[places.Count * Shape.Size];
        var done = 0;
        ParallelLoop.For((places.Count + BlockLength - 1) / BlockLength, threads, block =>
        {
            var end = Math.Min(places.Count, (block + 1) * BlockLength);
            for (var at = block * BlockLength; at < end; at++)
                PaintOne(compositions[at], pixels.AsSpan(at * Shape.Size, Shape.Size));
            var painted = Interlocked.Add(ref done, end - (block * BlockLength));
            run.Report(new($"paint {canvas} {split.ToString().ToLowerInvariant()}", painted, places.Count));
        }, run.Cancel);
        return new(canvas.ToString(), pixels, [.. compositions.Select(LabelOf)], [], Shape)
        {
            Attributes = new Dictionary<string, long[]>
            {
                [Ground] = [.. compositions.Select(composition => composition.Ground)],
                [Vendor] = [.. compositions.Select(composition => (long)atlas.Glyphs[composition.Glyph].Vendor)],
            },
            ClassNames = ObjectAtlas.ClassNames,
            ValueNames = ObjectAtlas.Names.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value),
        };
    }

    /// <summary>What an image shows.</summary>
    public Glyph GlyphOf(Split split, int index) => atlas.Glyphs[Of(split, index).Glyph];

    /// <summary>The part of each pixel of an image that its object covers, uint8 (H, W), 255 for all of it.</summary>
    public byte[] Cover(Split split, int index)
    {
        var composition = Of(split, index);
        var sampler = new GlyphSampler(atlas.PixelsOfGlyph(composition.Glyph), composition.Box);
        var cover = new byte[Side * Side];
        for (var pixel = 0; pixel < cover.Length; pixel++) cover[pixel] = Rounded(sampler.At(pixel / Side, pixel % Side).Alpha);
        return cover;
    }

    /// <summary>How an image is put together. The same draws are taken in every set, so that sets stay in step.</summary>
    public Composition Of(Split split, int index)
    {
        var random = new SplitMix64(seed.For("objects").For(split.ToString()).For(index));
        var label = random.Below(2);
        var isAligned = random.Uniform() < canvas.Bias;
        var vendor = Drawn(vendors, ref random);
        var glyph = Drawn(glyphs[(split, label, vendor)], ref random);
        var pictures = new GroundPictures(Two(grounds[(split, 0)], ref random), Two(grounds[(split, 1)], ref random));
        var isGroundMirrored = random.Below(2) == 1;
        var scale = random.Uniform(SmallestScale, LargestScale);
        var (down, right) = (random.Uniform(), random.Uniform());
        var room = Side * (1 - scale);
        var dominant = canvas.Dominant(label);
        return new(
            glyph, isAligned ? dominant : 1 - dominant, pictures, new(room * down, room * right, scale, random.Below(2) == 1), isGroundMirrored);
    }

    private long LabelOf(Composition composition) => atlas.Glyphs[composition.Glyph].Label;

    private void PaintOne(Composition composition, Span<byte> image)
    {
        PaintGround(atlas.PixelsOfGround(composition.Picture), composition.IsGroundMirrored, image);
        var sampler = new GlyphSampler(atlas.PixelsOfGlyph(composition.Glyph), composition.Box);
        for (var row = sampler.Rows.Start.Value; row < sampler.Rows.End.Value; row++)
        {
            for (var column = sampler.Columns.Start.Value; column < sampler.Columns.End.Value; column++)
            {
                var (red, green, blue, alpha) = sampler.At(row, column);
                var pixel = image.Slice(3 * ((row * Side) + column), 3);
                // In whole steps, so that what is covered to the last step hangs on the ground not at all.
                var seen = 1 - (Rounded(alpha) / 255.0);
                pixel[0] = Rounded(red + (seen * pixel[0]));
                pixel[1] = Rounded(green + (seen * pixel[1]));
                pixel[2] = Rounded(blue + (seen * pixel[2]));
            }
        }
    }

    private static void PaintGround(ReadOnlySpan<byte> ground, bool isMirrored, Span<byte> image)
    {
        ground.CopyTo(image);
        if (!isMirrored) return;
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            var (row, column) = (pixel / Side, pixel % Side);
            ground.Slice(3 * ((row * Side) + Side - 1 - column), 3).CopyTo(image[(3 * pixel)..]);
        }
    }

    /// <summary>Two different numbers.</summary>
    private static (int First, int Second) Two(int[] numbers, ref SplitMix64 random)
    {
        var first = random.Below(numbers.Length);
        return (numbers[first], numbers[(first + 1 + random.Below(numbers.Length - 1)) % numbers.Length]);
    }

    private static byte Rounded(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);

    private static int Drawn(int[] numbers, ref SplitMix64 random) => numbers[random.Below(numbers.Length)];

    private static Dictionary<TKey, int[]> Numbers<T, TKey>(IReadOnlyList<T> all, Func<T, TKey> key) where TKey : notnull =>
        Enumerable.Range(0, all.Count).GroupBy(at => key(all[at])).ToDictionary(group => group.Key, group => group.ToArray());
}
