using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether x is not a number.</summary>
internal sealed class IsNaN : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].isnan();
}
