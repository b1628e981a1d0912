using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>γ(x where positive, else α(eˣ - 1)).</summary>
internal sealed class Selu : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) =>
        call.Node.Float("gamma", 1.05070102214813232)
            * where(call[0] > 0, call[0], (call[0].clamp(max: 0).exp() - 1) * call.Node.Float("alpha", 1.67326319217681884));
}
