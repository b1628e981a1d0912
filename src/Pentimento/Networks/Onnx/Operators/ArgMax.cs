using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Where the largest value stands along an axis.</summary>
internal sealed class ArgMax : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, keep) = (call[0], call.Node.Int("keepdims", 1) == 1);
        var axis = call.Axis(call.Node.Int("axis", 0), x.dim());
        if (call.Node.Int("select_last_index", 0) == 0) return x.argmax(axis, keep);
        return x.shape[axis] - 1 - x.flip(axis).argmax(axis, keep);
    }
}
