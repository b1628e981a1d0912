using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x / (1 + |x|).</summary>
internal sealed class Softsign : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => call[0] / (1 + call[0].abs());
}
