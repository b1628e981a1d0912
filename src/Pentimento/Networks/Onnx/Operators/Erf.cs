using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The error function.</summary>
internal sealed class Erf : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].erf();
}
