using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The hyperbolic sine.</summary>
internal sealed class Sinh : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].sinh();
}
