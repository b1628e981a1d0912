using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x where above α, else 0.</summary>
internal sealed class ThresholdedRelu : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    protected override Tensor Run(OnnxCall call) => where(call[0] > call.Node.Float("alpha", 1), call[0], zeros_like(call[0]));
}
