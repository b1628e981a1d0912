using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The nearest whole number, halves to even.</summary>
internal sealed class Round : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].round();
}
