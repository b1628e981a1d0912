using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse sine.</summary>
internal sealed class Asin : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].asin();
}
