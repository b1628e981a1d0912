using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>A shape that was written down for one batch size, made to fit any other.</summary>
/// <remarks>
/// Row-major order does not change when a tensor is reshaped: as many values lie outside of the batch before as after. So the batch is part of
/// the dimension at which the product of those before it first reaches that number.
/// </remarks>
/// <param name="Exported">The input's shape for the batch for which the file was written.</param>
/// <param name="Constant">Whether the shape is a constant; one that is computed may know the batch already.</param>
internal sealed record BakedBatch(long[] Exported, bool Constant)
{
    /// <summary>The shape for what is given now.</summary>
    /// <param name="x">What is reshaped.</param>
    /// <param name="written">The shape as written, in which 0 keeps a dimension.</param>
    /// <param name="asked">The shape with the dimensions kept filled in.</param>
    public long[] Shape(Tensor x, long[] written, long[] asked)
    {
        if (asked.All(size => size > 0) ? asked.Aggregate(1L, (product, size) => product * size) == x.numel() : !Constant) return asked;
        var axis = Enumerable.Range(0, Exported.Length).FirstOrDefault(at => x.shape[at] != Exported[at], -1);
        if (axis < 0 || x.dim() != Exported.Length || x.shape[axis] % Exported[axis] != 0) return asked;
        if (axis < written.Length && written[axis] == 0) return asked;
        var times = x.shape[axis] / Exported[axis];
        var outside = Exported[..axis].Aggregate(1L, (product, size) => product * size);
        long[] known = Known(asked);
        var before = 1L;
        for (var at = 0; at < known.Length; at++)
        {
            if (before == outside || before * known[at] > outside)
            {
                long[] fitted = [.. asked];
                if (fitted[at] > 0) fitted[at] *= times;
                return fitted;
            }

            before *= known[at];
        }

        return asked;
    }

    private long[] Known(long[] asked)
    {
        var count = Exported.Aggregate(1L, (product, size) => product * size);
        var rest = asked.Where(size => size > 0).Aggregate(1L, (product, size) => product * size);
        return [.. asked.Select(size => size < 0 ? count / Math.Max(1, rest) : size)];
    }
}
