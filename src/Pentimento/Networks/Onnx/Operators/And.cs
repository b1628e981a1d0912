using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether both hold, broadcast.</summary>
internal sealed class And : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].logical_and(call[1]);
}
