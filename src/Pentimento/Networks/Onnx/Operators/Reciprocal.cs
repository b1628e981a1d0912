using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>1/x.</summary>
internal sealed class Reciprocal : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].reciprocal();
}
