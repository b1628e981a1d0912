using Pentimento.Data;
namespace Pentimento.Painting;

/// <summary>Generates a painted set: colored, noisy images of digits. Each image is a function of seed, split and index alone.</summary>
/// <param name="Canvas">The specification of the set.</param>
/// <param name="Palette">The dominant colors of the digits.</param>
/// <param name="Seed">The seed of all random draws; sets painted from one seed differ only where their names do.</param>
/// <param name="Cue">The part of the image that is colored.</param>
internal sealed record Painter(Canvas Canvas, Palette Palette, Seed Seed, ColorPlacement Cue = ColorPlacement.Stroke)
{
    /// <summary>The version of the generator, raised whenever the same seed paints other bytes than before.</summary>
    public const int Version = 1;

    /// <summary>Paints the first <paramref name="limit"/> digits, or all for 0, in their order.</summary>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">The split that they belong to.</param>
    /// <param name="limit">Number of images, 0 for all.</param>
    /// <param name="threads">Number of threads; the bytes do not depend on it.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">A label is not a digit, or the images are more than 2 GB.</exception>
    public ImageSet Paint(Digits digits, Split split, int limit, int threads, RunContext run)
    {
        var painted = new PaintedSplit(this, digits, split, limit);
        var size = painted.Shape.Size;
        Require.That(
            painted.Count * (long)size <= Array.MaxLength,
            $"{painted.Count:N0} images of {painted.Shape} are more than 2 GB; --limit takes fewer.");
        // Every byte is written, so clearing them first would only cost time.
        var pixels = GC.AllocateUninitializedArray<byte>(painted.Count * size);
        var length = painted.RunLength;
        var progress = painted.Progress(run);
        ParallelLoop.For((painted.Count + length - 1) / length, threads, block =>
        {
            var first = block * length;
            var count = Math.Min(length, painted.Count - first);
            painted.Paint(first, pixels.AsSpan(first * size, count * size));
            progress(count);
        }, run.Cancel);
        return new(Canvas.ToString(), pixels, digits.Labels[..painted.Count], painted.Colors(), painted.Shape) { Attributes = painted.Attributes() };
    }

    /// <summary>The arrays of an npz (<c>images</c>, <c>labels</c>, <c>colors</c>), whose images are painted while they are written.</summary>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">The split that they belong to.</param>
    /// <param name="limit">Number of images, 0 for all.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">A label is not a digit.</exception>
    public IReadOnlyList<KeyValuePair<string, NpyPieces>> Arrays(Digits digits, Split split, int limit, RunContext run) =>
        new PaintedSplit(this, digits, split, limit).Arrays(run);
}
