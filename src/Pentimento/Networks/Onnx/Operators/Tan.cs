using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The tangent.</summary>
internal sealed class Tan : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].tan();
}
