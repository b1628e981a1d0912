using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sine.</summary>
internal sealed class Sin : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].sin();
}
