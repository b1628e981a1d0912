using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>ln(1 + eˣ).</summary>
internal sealed class Softplus : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => nn.functional.softplus(call[0]);
}
