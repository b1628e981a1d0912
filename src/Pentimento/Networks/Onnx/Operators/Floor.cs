using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The whole number below.</summary>
internal sealed class Floor : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].floor();
}
