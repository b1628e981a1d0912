using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse hyperbolic sine.</summary>
internal sealed class Asinh : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].asinh();
}
