using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether a is above b, broadcast.</summary>
internal sealed class Greater : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].gt(call[1]);
}
