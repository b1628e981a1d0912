using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The hyperbolic cosine.</summary>
internal sealed class Cosh : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].cosh();
}
