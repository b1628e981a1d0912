using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The root of the sum of squares over dimensions.</summary>
internal sealed class ReduceL2 : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.square().sum(axes, keep).sqrt();
}
