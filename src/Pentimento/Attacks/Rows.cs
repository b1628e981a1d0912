using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Some images of a batch, without losing the channels-last layout that makes convolutions fast.</summary>
internal static class Rows
{
    /// <summary>The images at some places, (b, C, H, W), or rows of any other shape.</summary>
    /// <param name="rows">(B, ...).</param>
    /// <param name="places">int64 (b).</param>
    public static Tensor Pick(Tensor rows, Tensor places)
    {
        if (rows.dim() != 4) return rows.index_select(0, places);
        using var scope = NewDisposeScope();
        return rows.permute(0, 2, 3, 1).index_select(0, places).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Where a mask is true, int64 (b).</summary>
    public static Tensor Where(Tensor mask)
    {
        using var scope = NewDisposeScope();
        return mask.nonzero().flatten().MoveToOuterDisposeScope();
    }
}
