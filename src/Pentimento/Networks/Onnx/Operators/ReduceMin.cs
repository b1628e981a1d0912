using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The smallest value over dimensions.</summary>
internal sealed class ReduceMin : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) =>
        (x.dtype == ScalarType.Bool ? x.to_type(ScalarType.Byte).amin(axes, keep).to_type(x.dtype) : x.amin(axes, keep));
}
