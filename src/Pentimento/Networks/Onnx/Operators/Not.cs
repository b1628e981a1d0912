using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether x does not hold.</summary>
internal sealed class Not : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].logical_not();
}
