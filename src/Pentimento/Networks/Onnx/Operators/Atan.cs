using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The inverse tangent.</summary>
internal sealed class Atan : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].atan();
}
