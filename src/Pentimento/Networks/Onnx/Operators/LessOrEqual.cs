using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether a is b or below, broadcast.</summary>
internal sealed class LessOrEqual : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].le(call[1]);
}
