using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sum of squares over dimensions.</summary>
internal sealed class ReduceSumSquare : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.square().sum(axes, keep).to_type(x.dtype);
}
