using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The whole number above.</summary>
internal sealed class Ceil : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].ceil();
}
