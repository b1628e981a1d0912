using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x where positive, else αx.</summary>
internal sealed class LeakyRelu : Operator
{
    public override NodeRole Role => NodeRole.Activation;

    protected override Tensor Run(OnnxCall call) => nn.functional.leaky_relu(call[0], call.Node.Float("alpha", 0.01));
}
