using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The logarithm of the sum of exponentials over dimensions.</summary>
internal sealed class ReduceLogSumExp : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => (x - x.amax(axes, true)).exp().sum(axes, keep).log() + x.amax(axes, keep);
}
