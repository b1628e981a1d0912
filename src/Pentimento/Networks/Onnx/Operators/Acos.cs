using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse cosine.</summary>
internal sealed class Acos : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].acos();
}
