using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether a is b or above, broadcast.</summary>
internal sealed class GreaterOrEqual : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].ge(call[1]);
}
