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

    private static Tensor ToFloat(Tensor bytes) => bytes.to_type(float32).div_(255f).permute(0, 3, 1, 2);
}
