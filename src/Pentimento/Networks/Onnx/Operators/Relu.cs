using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>max(0, x).</summary>
internal sealed class Relu : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => call[0].relu();
}
