using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x where positive, else α(eˣ - 1).</summary>
internal sealed class Elu : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call) => nn.functional.elu(call[0], call.Node.Float("alpha", 1));
}
