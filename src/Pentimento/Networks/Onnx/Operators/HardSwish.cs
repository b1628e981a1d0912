using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x · max(0, min(1, x/6 + 1/2)).</summary>
internal sealed class HardSwish : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    protected override Tensor Run(OnnxCall call) => call[0] * ((call[0] / 6) + 0.5).clamp(0, 1);
}
