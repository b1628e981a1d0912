using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Normalises groups of channels; scale and shift are one a group before opset 21 and one a channel since.</summary>
internal sealed class GroupNormalization : Operator
{
    public override IReadOnlyList<string> Weights => ["", "weight", "bias"];

    protected override Tensor Run(OnnxCall call)
    {
        var (x, groups) = (call[0], call.Node.Int("num_groups", 1));
        var normal = nn.functional.group_norm(x, groups, null, null, call.Node.Float("epsilon", 1e-5));
        long[] channels = [.. x.shape.Select((size, axis) => axis == 1 ? size : 1)];
        Tensor Each(Tensor values) =>
            (values.shape[0] == x.shape[1] ? values : values.repeat_interleave(x.shape[1] / groups)).view(channels);
        return (normal * Each(call[1])) + Each(call[2]);
    }
}
