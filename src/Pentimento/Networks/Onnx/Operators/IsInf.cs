using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether x is infinite, on the sides asked for.</summary>
internal sealed class IsInf : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, none) = (call[0], zeros_like(call[0], ScalarType.Bool));
        var above = call.Node.Int("detect_positive", 1) == 1 ? x.eq(double.PositiveInfinity) : none;
        var below = call.Node.Int("detect_negative", 1) == 1 ? x.eq(double.NegativeInfinity) : none;
        return above.logical_or(below);
    }
}
