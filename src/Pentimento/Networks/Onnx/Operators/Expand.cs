using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>An input repeated along dimensions of size 1, without being copied.</summary>
internal sealed class Expand : Operator
{
    public override IReadOnlyList<string> Weights => ["token"];

    protected override Tensor Run(OnnxCall call)
    {
        var (x, asked) = (call[0], call.Whole(1) ?? throw call.Node.Refusal("lacks its shape", null));
        call.Fits(asked);
        return broadcast_tensors(x, zeros(1, x.dtype, x.device).expand(asked))[0].alias();
    }
}
