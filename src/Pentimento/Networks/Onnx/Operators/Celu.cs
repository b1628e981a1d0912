using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>max(0, x) + min(0, α(e^(x/α) - 1)).</summary>
internal sealed class Celu : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => nn.functional.celu(call[0], call.Node.Float("alpha", 1));
}
