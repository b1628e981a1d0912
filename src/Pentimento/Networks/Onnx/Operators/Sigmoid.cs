using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal sealed class Sigmoid : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => call[0].sigmoid();
}
