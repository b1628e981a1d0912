using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Normalises the dimensions from an axis on, then scales and shifts them.</summary>
internal sealed class LayerNormalization : Operator
{
    public override IReadOnlyList<string> Weights => ["", "weight", "bias"];

    public override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var (x, weight, bias) = (call[0], call[1], call.Maybe(2));
        var axis = (int)call.Axis(call.Node.Int("axis", -1), x.dim());
        var epsilon = call.Node.Float("epsilon", 1e-5);
        long[] normal = x.shape[axis..];
        var plain = weight.shape.SequenceEqual(normal) && (bias is null || bias.shape.SequenceEqual(normal));
        var y = plain
            ? nn.functional.layer_norm(x, normal, weight, bias, epsilon)
            : nn.functional.layer_norm(x, normal, null, null, epsilon) * weight;
        if (!plain && bias is not null) y += bias;
        if (call.Node.Outputs.Count == 1) return [y];
        long[] axes = [.. Enumerable.Range(axis, normal.Length).Select(at => (long)at)];
        var mean = x.mean(axes, true);
        return [y, mean, 1 / ((x - mean).square().mean(axes, true) + epsilon).sqrt()];
    }
}
