using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>√x.</summary>
internal sealed class Sqrt : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].sqrt();
}
