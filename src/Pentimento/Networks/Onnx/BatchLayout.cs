using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Where in a value the batch lies: which dimension grows with it, and after which part of that dimension.</summary>
/// <param name="Axis">The dimension.</param>
/// <param name="Before">How much of the dimension lies outside of the batch: 17 where 17 places of each image lie behind those of others.</param>
internal readonly record struct BatchLayout(int Axis, long Before)
{
    // Wrong layouts are off by whole values; batches of different sizes by the last digits.
    private const double Tolerance = 1e-2;

    /// <summary>How many blocks of a value of this shape each hold a whole batch.</summary>
    public long Outside(long[] shape) => shape[..Axis].Aggregate(Before, (product, size) => product * size);

    /// <summary>Finds the layout in which a value of several batches is made up of the values of each.</summary>
    /// <param name="together">The value for all batches in one.</param>
    /// <param name="alone">The value for each batch.</param>
    /// <param name="layout">The layout; the default where nothing depends on the batch.</param>
    /// <returns>Whether there is one.</returns>
    public static bool Find(Tensor together, IReadOnlyList<Tensor> alone, out BatchLayout? layout)
    {
        layout = null;
        var (shape, times) = (alone[0].shape, alone.Count);
        if (together.dim() != shape.Length) return false;
        if (together.shape.SequenceEqual(shape)) return alone.All(one => Same(together, one));
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (together.shape[axis] != shape[axis] * times || !OthersAgree(together.shape, shape, axis)) continue;
            for (var before = 1L; before <= shape[axis]; before++)
            {
                if (shape[axis] % before != 0) continue;
                layout = new(axis, before);
                if (IsMadeOf(together, alone, axis, before)) return true;
            }
        }

        return false;
    }

    private static bool OthersAgree(long[] together, long[] alone, int axis) =>
        Enumerable.Range(0, alone.Length).All(at => at == axis || together[at] == alone[at]);

    private static bool IsMadeOf(Tensor together, IReadOnlyList<Tensor> alone, int axis, long before)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. together.shape[..axis], before, alone.Count, alone[0].shape[axis] / before, .. together.shape[(axis + 1)..]];
        var parts = together.reshape(shape);
        return Enumerable.Range(0, alone.Count).All(at => Same(parts.select(axis + 1, at).reshape(alone[at].shape), alone[at]));
    }

    private static bool Same(Tensor one, Tensor other)
    {
        if (one.numel() == 0) return true;
        using var scope = NewDisposeScope();
        var size = other.abs().max().item<float>();
        return (one - other).abs().max().item<float>() <= Tolerance * size;
    }
}
