using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The largest value over dimensions.</summary>
internal sealed class ReduceMax : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep) =>
        (x.dtype == ScalarType.Bool ? x.to_type(ScalarType.Byte).amax(axes, keep).to_type(x.dtype) : x.amax(axes, keep));
}
