using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Row selection of batches that keeps the channels-last memory format.</summary>
internal static class Rows
{
    /// <summary>Selects images by index, (b, C, H, W), or rows of any other shape.</summary>
    /// <param name="rows">(B, ...).</param>
    /// <param name="places">int64 (b).</param>
    public static Tensor Pick(Tensor rows, Tensor places)
    {
        if (rows.dim() != 4) return rows.index_select(0, places);
        using var scope = NewDisposeScope();
        return rows.permute(0, 2, 3, 1).index_select(0, places).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The indices at which a mask is true, int64 (b).</summary>
    public static Tensor Where(Tensor mask)
    {
        using var scope = NewDisposeScope();
        return mask.nonzero().flatten().MoveToOuterDisposeScope();
    }
}
