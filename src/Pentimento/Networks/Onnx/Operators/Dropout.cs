using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Drops values in training, from the network's own generator, else passes them on.</summary>
internal sealed class Dropout : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    internal override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var x = call[0];
        var ratio = call.Node.Has("ratio") ? call.Node.Float("ratio", 0.5) : call.Numbers(1) is [var given] ? given : 0.5;
        if (call.Network is not { training: true, DropoutGenerator: { } generator } || ratio == 0) return [x.alias(), ones_like(x, ScalarType.Bool)];
        var kept = rand(x.shape, ScalarType.Float32, x.device, generator: generator).ge(ratio);
        return [x * kept.to_type(x.dtype) / (1 - ratio), kept];
    }
}
