using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Dimensions in another order.</summary>
internal sealed class Transpose : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call) =>
        call[0].permute(call.Node.Ints("perm") ?? [.. Enumerable.Range(0, (int)call[0].dim()).Reverse().Select(axis => (long)axis)]);
}
