using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>A shape that is fixed to one batch size, made to fit any other: one of its dimensions grows with the batch.</summary>
/// <param name="Written">The shape for the batch for which the file was written, every dimension spelled out.</param>
/// <param name="Axis">The dimension of which the batch is a part.</param>
/// <param name="Constant">Whether the shape is a constant; one that is computed may know the batch already.</param>
internal sealed record FixedBatch(long[] Written, int Axis, bool Constant)
{
    /// <summary>The shape for what is given now.</summary>
    /// <param name="x">What is reshaped.</param>
    /// <param name="asked">The shape as the file asks for it, dimensions that are kept filled in.</param>
    public long[] Shape(Tensor x, long[] asked)
    {
        if (asked.All(size => size >= 0) ? Product(asked) == x.numel() : !Constant) return asked;
        var count = Product(Written);
        if (count == 0 || x.numel() % count != 0) return asked;
        long[] fitted = [.. Written];
        fitted[Axis] *= x.numel() / count;
        return fitted;
    }

    /// <summary>The dimensions of which a batch can be a part, the likeliest first.</summary>
    /// <remarks>
    /// Row-major order does not change when a tensor is reshaped: as many values lie outside of the batch before as after. Where that number is
    /// reached within a dimension, it is this one; where it is reached between two, the batch may be the last part of the one or the first
    /// of the other, unless a dimension of its own stands there.
    /// </remarks>
    /// <param name="written">The shape for the batch for which the file was written.</param>
    /// <param name="outside">How many blocks of the tensor each hold a whole batch.</param>
    /// <param name="batch">The batch for which the file was written.</param>
    public static IReadOnlyList<int> Axes(long[] written, long outside, long batch)
    {
        var axes = new List<int>();
        var before = 1L;
        for (var at = 0; at < written.Length && before <= outside; at++)
        {
            if (before == outside)
            {
                if (written[at] == batch) axes.Insert(0, at);
                else if (written[at] % batch == 0) axes.Add(at);
            }
            else if (outside % before == 0 && written[at] % (outside / before * batch) == 0)
            {
                axes.Add(at);
            }

            before *= written[at];
        }

        return axes;
    }

    private static long Product(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
