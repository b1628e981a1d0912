using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>max(0, min(1, αx + β)).</summary>
internal sealed class HardSigmoid : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => ((call[0] * call.Node.Float("alpha", 0.2)) + call.Node.Float("beta", 0.5)).clamp(0, 1);
}
