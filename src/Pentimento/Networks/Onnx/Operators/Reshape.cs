using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The same values in another shape; 0 keeps a dimension, -1 takes what is left.</summary>
internal sealed class Reshape : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    private protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var asked = call.Whole("shape", 1) ?? throw call.Node.Refusal("lacks its shape", null);
        var keeps = call.Node.Int("allowzero", 0) == 0;
        long[] shape = [.. asked.Select((size, at) => size == 0 && keeps && at < x.dim() ? x.shape[at] : size)];
        return x.reshape(call.Node.Batch?.Shape(x, shape) ?? shape);
    }
}
