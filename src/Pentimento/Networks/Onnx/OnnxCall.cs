using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>One run of a node: its attributes, its inputs and the network that it is part of.</summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">Its inputs; null where an optional one is left out.</param>
/// <param name="Network">The network; null while constants are folded.</param>
internal readonly record struct OnnxCall(OnnxNode Node, IReadOnlyList<Tensor?> Inputs, Classifier? Network)
{
    /// <summary>How many inputs there are.</summary>
    public int Count => Inputs.Count;

    /// <summary>An input that must be there.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    public Tensor this[int at] => Maybe(at) ?? throw Node.Refusal($"lacks its input {at + 1}", null);

    /// <summary>An input, or null where it is left out.</summary>
    public Tensor? Maybe(int at) => at < Inputs.Count ? Inputs[at] : null;

    /// <summary>The whole numbers that an input holds; null where it is left out.</summary>
    public long[]? Whole(int at)
    {
        if (Maybe(at) is not { } input) return null;
        using var scope = NewDisposeScope();
        return input.detach().cpu().to_type(int64).contiguous().flatten().data<long>().ToArray();
    }

    /// <summary>The numbers that an input holds; null where it is left out.</summary>
    public double[]? Numbers(int at)
    {
        if (Maybe(at) is not { } input) return null;
        using var scope = NewDisposeScope();
        return input.detach().cpu().to_type(float64).contiguous().flatten().data<double>().ToArray();
    }

    /// <summary>Whole numbers that are an attribute in older operator sets and an input in newer ones; null where neither is given.</summary>
    public long[]? Whole(string attribute, int at) => Node.Ints(attribute) ?? Whole(at);

    /// <summary>An axis counted from the front.</summary>
    public long Axis(long axis, long dimensions)
    {
        var counted = axis < 0 ? axis + dimensions : axis;
        return counted >= 0 && counted <= Math.Max(0, dimensions - 1)
            ? counted
            : throw Node.Refusal($"names the axis {axis} of {dimensions} dimensions", null);
    }

    /// <summary>Checks that a result of this shape can be held.</summary>
    /// <exception cref="BadInputException">It is larger than any activation of a network that reads images.</exception>
    public void Fits(IEnumerable<long> shape)
    {
        const double Most = 1L << 29;
        var count = shape.Aggregate(1.0, (product, size) => product * Math.Max(0, size));
        if (count > Most) throw Node.Refusal($"asks for {count:N0} values, more than the {Most:N0} that are allowed", null);
    }
}
