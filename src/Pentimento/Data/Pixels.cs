using static TorchSharp.torch;

namespace Pentimento.Data;

/// <summary>From stored bytes to what a network reads.</summary>
internal static class Pixels
{
    /// <summary>Chosen images as float32 (B, C, H, W) in [0, 1]: a view that is channels-last in memory, without a copy for the layout.</summary>
    /// <param name="bytes">uint8 (N, H, W, C).</param>
    /// <param name="places">int64 (B), the images wanted.</param>
    public static Tensor Batch(Tensor bytes, Tensor places)
    {
        using var scope = NewDisposeScope();
        return ToFloat(bytes.index_select(0, places)).MoveToOuterDisposeScope();
    }

    /// <summary>A run of neighbouring images as float32 (B, C, H, W) in [0, 1].</summary>
    /// <param name="bytes">uint8 (N, H, W, C).</param>
    /// <param name="start">The first image.</param>
    /// <param name="count">How many; cut at the end of the set.</param>
    public static Tensor Slice(Tensor bytes, long start, long count)
    {
        using var scope = NewDisposeScope();
        return ToFloat(bytes.slice(0, start, Math.Min(start + count, bytes.shape[0]), 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Chosen images of a set as float32 (B, C, H, W) in [0, 1], the same view as of their tensor.</summary>
    /// <param name="set">The images, in memory or in files.</param>
    /// <param name="places">int64 (B), the images wanted.</param>
    /// <param name="next">int64, the images that will be wanted next, so that they are decoded meanwhile; null where nobody knows.</param>
    /// <exception cref="BadInputException">A picture is damaged.</exception>
    public static Tensor Batch(ImageSet set, Tensor places, Tensor? next = null)
    {
        using var scope = NewDisposeScope();
        if (set.Source.InMemory) return Batch(set.Tensor(), places).MoveToOuterDisposeScope();
        var batch = Read(set, Whole(places)).MoveToOuterDisposeScope();
        if (next is not null) set.Source.Prefetch(Whole(next));
        return batch;
    }

    /// <summary>A run of neighbouring images of a set as float32 (B, C, H, W) in [0, 1]; the run behind it is decoded meanwhile.</summary>
    /// <param name="set">The images, in memory or in files.</param>
    /// <param name="start">The first image.</param>
    /// <param name="count">How many; cut at the end of the set.</param>
    /// <exception cref="BadInputException">A picture is damaged.</exception>
    public static Tensor Slice(ImageSet set, long start, long count)
    {
        using var scope = NewDisposeScope();
        if (set.Source.InMemory) return Slice(set.Tensor(), start, count).MoveToOuterDisposeScope();
        var batch = Read(set, Run(set, start, count)).MoveToOuterDisposeScope();
        set.Source.Prefetch(Run(set, start + count, count));
        return batch;
    }

    private static Tensor Read(ImageSet set, int[] places)
    {
        var bytes = new byte[places.Length * (long)set.Shape.Size];
        set.Source.Read(places, bytes);
        using var flat = frombuffer(bytes, ScalarType.Byte);
        return ToFloat(flat.view(places.Length, set.Shape.Height, set.Shape.Width, set.Shape.Channels));
    }

    private static int[] Run(ImageSet set, long start, long count) =>
        [.. Enumerable.Range((int)Math.Min(start, set.Count), (int)Math.Max(0, Math.Min(start + count, set.Count) - start))];

    private static int[] Whole(Tensor places) => Array.ConvertAll(places.cpu().data<long>().ToArray(), place => (int)place);

    private static Tensor ToFloat(Tensor bytes) => bytes.to_type(float32).div_(255f).permute(0, 3, 1, 2);
}
