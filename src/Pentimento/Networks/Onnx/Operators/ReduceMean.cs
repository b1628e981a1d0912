using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The mean over dimensions.</summary>
internal sealed class ReduceMean : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) => x.mean(axes, keep);
}
