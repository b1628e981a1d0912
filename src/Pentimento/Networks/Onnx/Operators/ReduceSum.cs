using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sum over dimensions.</summary>
internal sealed class ReduceSum : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.sum(axes, keep).to_type(x.dtype);
}
