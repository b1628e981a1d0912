using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>How many values there are.</summary>
internal sealed class Size : Operator
{
    protected override Tensor Run(OnnxCall call) => tensor(call[0].numel());
}
