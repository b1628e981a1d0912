using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>eˣ.</summary>
internal sealed class Exp : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].exp();
}
