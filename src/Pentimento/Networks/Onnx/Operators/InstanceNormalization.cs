using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Normalises each map of each image, then scales and shifts it.</summary>
internal sealed class InstanceNormalization : Operator
{
    public override IReadOnlyList<string> Weights => ["", "weight", "bias"];

    protected override Tensor Run(OnnxCall call) =>
        nn.functional.instance_norm(call[0], null, null, call[1], call[2], true, 0, call.Node.Float("epsilon", 1e-5));
}
