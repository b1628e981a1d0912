using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Divides by the norm along an axis.</summary>
internal sealed class LpNormalization : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, axis) = (call[0], call.Node.Int("axis", -1));
        return call.Node.Int("p", 2) == 1 ? x / x.abs().sum([axis], true) : x / x.square().sum([axis], true).sqrt();
    }
}
