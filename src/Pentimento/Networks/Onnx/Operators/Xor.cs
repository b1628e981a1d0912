using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether one holds and the other does not, broadcast.</summary>
internal sealed class Xor : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].logical_xor(call[1]);
}
