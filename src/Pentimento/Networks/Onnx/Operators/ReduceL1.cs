using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sum of absolute values over dimensions.</summary>
internal sealed class ReduceL1 : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.abs().sum(axes, keep).to_type(x.dtype);
}
