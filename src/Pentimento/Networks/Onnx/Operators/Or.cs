using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether one holds, broadcast.</summary>
internal sealed class Or : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].logical_or(call[1]);
}
