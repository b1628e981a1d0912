using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x · tanh(ln(1 + eˣ)).</summary>
internal sealed class Mish : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    protected override Tensor Run(OnnxCall call) => call[0] * nn.functional.softplus(call[0]).tanh();
}
