using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>-x.</summary>
internal sealed class Neg : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].neg();
}
