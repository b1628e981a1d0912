using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Whether x is infinite, on the sides asked for.</summary>
internal sealed class IsInf : Operator
{
    protected override Tensor Run(OnnxCall call) => (call[0].eq(double.PositiveInfinity) & (call.Node.Int("detect_positive", 1) == 1)) | (call[0].eq(double.NegativeInfinity) & (call.Node.Int("detect_negative", 1) == 1));
}
