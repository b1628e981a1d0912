using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x Φ(x), or its approximation by tanh.</summary>
internal sealed class Gelu : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    protected override Tensor Run(OnnxCall call) => call.Node.Text("approximate", "none") == "tanh"
        ? 0.5 * call[0] * (1 + (Math.Sqrt(2 / Math.PI) * (call[0] + (0.044715 * call[0].pow(3)))).tanh())
        : 0.5 * call[0] * (1 + (call[0] / Math.Sqrt(2)).erf());
}
