using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Running sums along an axis.</summary>
internal sealed class CumSum : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axis = call.Axis(call.Whole(1)![0], x.dim());
        var (exclusive, reverse) = (call.Node.Int("exclusive", 0) == 1, call.Node.Int("reverse", 0) == 1);
        var ordered = reverse ? x.flip(axis) : x;
        var sums = ordered.cumsum(axis).to_type(x.dtype);
        if (exclusive) sums -= ordered;
        return reverse ? sums.flip(axis) : sums;
    }
}
