using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => call[0].tanh();
}
