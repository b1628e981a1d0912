using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>For each index the entry at its own place, but along an axis where the index says.</summary>
internal sealed class GatherElements : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var axis = call.Axis(call.Node.Int("axis", 0), call[0].dim());
        return call[0].gather(axis, Places.Counted(call[1], call[0].shape[axis], call[0].device));
    }
}
