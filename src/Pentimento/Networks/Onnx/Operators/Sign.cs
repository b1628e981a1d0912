using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>-1, 0 or 1.</summary>
internal sealed class Sign : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].sign();
}
