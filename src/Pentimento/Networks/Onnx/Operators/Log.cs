using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The natural logarithm.</summary>
internal sealed class Log : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].log();
}
