using Pentimento.Data;
namespace Pentimento.Painting;

/// <summary>Paints digits onto a canvas. Each image is a function of seed, split and index alone.</summary>
/// <param name="Canvas">What to paint.</param>
/// <param name="Palette">The digits' colours.</param>
/// <param name="Seed">Decides every draw; sets painted from one seed differ only where their names do.</param>
/// <param name="Cue">Where the colour lies.</param>
public sealed record Painter(Canvas Canvas, Palette Palette, Seed Seed, Cue Cue = Cue.Stroke)
{
    /// <summary>Grows whenever the same seed paints other bytes than before.</summary>
    public const int Version = 1;

    /// <summary>Paints the first <paramref name="limit"/> digits, or all for 0, in their order.</summary>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">Which half they are.</param>
    /// <param name="limit">How many images, 0 for all.</param>
    /// <param name="threads">How many cores to use; the bytes do not depend on it.</param>
    /// <param name="run">Hears about progress and may stop the work.</param>
    /// <exception cref="BadInputException">A label is not a digit, or the images are more than 2 GB.</exception>
    public ImageSet Paint(Digits digits, Split split, int limit, int threads, RunContext run)
    {
        var series = new Series(this, digits, split, limit);
        var size = series.Shape.Size;
        Require.That(
            series.Count * (long)size <= Array.MaxLength,
            $"{series.Count:N0} images of {series.Shape} are more than 2 GB; --limit takes fewer.");
        // Every byte is written, so clearing them first would only cost time.
        var pixels = GC.AllocateUninitializedArray<byte>(series.Count * size);
        var length = series.RunLength;
        var progress = series.Progress(run);
        Parallel.For(
            0,
            (series.Count + length - 1) / length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = run.Cancel },
            block =>
            {
                var first = block * length;
                var count = Math.Min(length, series.Count - first);
                series.Paint(first, pixels.AsSpan(first * size, count * size));
                progress(count);
            }
        );
        return new(Canvas.ToString(), pixels, digits.Labels[..series.Count], series.Colors(), series.Shape) { Attributes = series.Attributes() };
    }

    /// <summary>The arrays of an npz (<c>images</c>, <c>labels</c>, <c>colors</c>), whose images are painted while they are written.</summary>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">Which half they are.</param>
    /// <param name="limit">How many images, 0 for all.</param>
    /// <param name="run">Hears about progress and may stop the work.</param>
    /// <exception cref="BadInputException">A label is not a digit.</exception>
    public IReadOnlyList<KeyValuePair<string, NpyPieces>> Arrays(Digits digits, Split split, int limit, RunContext run) =>
        new Series(this, digits, split, limit).Arrays(run);
}
