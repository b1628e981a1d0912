using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x where positive, else a learned slope times x.</summary>
internal sealed class PRelu : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    public override IReadOnlyList<string> Weights => ["", "slope"];

    protected override Tensor Run(OnnxCall call)
    {
        var (x, slope) = (call[0], call[1]);
        if (call.Node.Opset < 7 && slope.numel() > 1) slope = slope.view([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);
        return where(x < 0, x * slope, x);
    }
}
