using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether both are the same, broadcast.</summary>
internal sealed class Equal : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].eq(call[1]);
}
