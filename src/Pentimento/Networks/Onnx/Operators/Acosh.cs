using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse hyperbolic cosine.</summary>
internal sealed class Acosh : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].acosh();
}
