using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse hyperbolic tangent.</summary>
internal sealed class Atanh : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].atanh();
}
