using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The logarithm of the sum over dimensions.</summary>
internal sealed class ReduceLogSum : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.sum(axes, keep).log();
}
