using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether a is below b, broadcast.</summary>
internal sealed class Less : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].lt(call[1]);
}
