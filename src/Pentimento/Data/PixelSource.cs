using System.Security.Cryptography;

namespace Pentimento.Data;

/// <summary>Where the pixels of images come from: an array in memory, or files that are decoded as they are asked for.</summary>
internal abstract class PixelSource
{
    /// <summary>How many images there are.</summary>
    public abstract int Count { get; }

    /// <summary>The pixels of all images, uint8 (N, H, W, C); what was not in memory is read into it.</summary>
    /// <exception cref="BadInputException">They are more than an array can hold, or a picture is damaged.</exception>
    public abstract byte[] Array { get; }

    /// <summary>Whether the pixels are in memory already, so that nothing is gained by taking them in batches.</summary>
    public abstract bool InMemory { get; }

    /// <summary>The pixels of one image, uint8 (H, W, C).</summary>
    public abstract ReadOnlySpan<byte> Of(int place);

    /// <summary>Copies images, one after the other.</summary>
    /// <param name="places">Which ones.</param>
    /// <param name="target">Filled with uint8 (B, H, W, C).</param>
    /// <exception cref="BadInputException">A picture is damaged.</exception>
    public abstract void Read(ReadOnlySpan<int> places, Memory<byte> target);

    /// <summary>Says which images will be asked for next, so that they are made meanwhile.</summary>
    public virtual void Prefetch(ReadOnlySpan<int> places)
    {
    }

    /// <summary>The images at some places.</summary>
    public abstract PixelSource Pick(IReadOnlyList<int> places);

    /// <summary>The full name of an image's picture; null where it was not read from one.</summary>
    public virtual string? FileOf(int place) => null;

    /// <summary>Whether pictures keep their proportions and lose their edges when they are scaled.</summary>
    public virtual bool IsCropped => false;

    /// <summary>Adds to a hash what the pixels depend on.</summary>
    public abstract void AddTo(IncrementalHash hash);

    /// <summary>The images of several sources of one shape, one source after the other.</summary>
    /// <param name="sources">At least one.</param>
    /// <param name="size">Values per image.</param>
    public static PixelSource Together(IReadOnlyList<PixelSource> sources, int size) => sources.All(source => source is PixelArray)
        ? new PixelArray([.. sources.SelectMany(source => source.Array)], size)
        : new PixelSequence(sources, size);
}
