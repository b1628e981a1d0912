using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The cosine.</summary>
internal sealed class Cos : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].cos();
}
