using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Subtracts the mean and divides by the standard deviation over some axes.</summary>
internal sealed class MeanVarianceNormalization : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, axes) = (call[0], call.Node.Ints("axes") ?? [0, 2, 3]);
        var centred = x - x.mean(axes, true);
        return centred / (centred.square().mean(axes, true).sqrt() + 1e-9);
    }
}
