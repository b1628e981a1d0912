using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>An input in parts along an axis: sizes as attribute, as input, or a number of even parts.</summary>
internal sealed class Split : Operator
{
    public override bool KeepsImage => true;

    internal override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var x = call[0];
        var axis = call.Axis(call.Node.Int("axis", 0), x.dim());
        return x.split(call.Whole("split", 1) ?? Even(x.shape[axis], call.Node.Int("num_outputs", call.Node.Outputs.Count)), axis);
    }

    /// <summary>Parts of one size; the last may be smaller.</summary>
    private static long[] Even(long size, long parts)
    {
        var each = (size + parts - 1) / parts;
        return [.. Enumerable.Range(0, (int)parts).Select(at => Math.Max(0, Math.Min(each, size - (at * each))))];
    }
}
