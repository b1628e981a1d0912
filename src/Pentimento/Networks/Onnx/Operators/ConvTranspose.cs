using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>A transposed convolution over one, two or three dimensions: whole, then cut by its padding.</summary>
internal sealed class ConvTranspose : Operator
{
    public override NodeRole Role => NodeRole.Convolution;

    public override IReadOnlyList<string> Weights => ["", "weight", "bias"];

    protected override Tensor Run(OnnxCall call)
    {
        var (x, weight, node) = (call[0], call[1], call.Node);
        var size = weight.shape[2..];
        long[] Attribute(string name, long fallback) => node.Ints(name) ?? [.. Enumerable.Repeat(fallback, size.Length)];
        var (stride, dilation, extra) = (Attribute("strides", 1), Attribute("dilations", 1), Attribute("output_padding", 0));
        call.Fits([x.shape[0], weight.shape[1], .. x.shape[2..].Select((length, at) => length * stride[at])]);
        var (groups, none) = (node.Int("group", 1), new long[size.Length]);
        var whole = size.Length switch
        {
            1 => nn.functional.conv_transpose1d(x, weight, null, stride[0], 0, 0, dilation[0], groups),
            2 => nn.functional.conv_transpose2d(x, weight, null, stride, none, none, dilation, groups),
            3 => nn.functional.conv_transpose3d(x, weight, null, stride, none, none, dilation, groups),
            var dimensions => throw node.Unsupported($"over {dimensions} dimensions is not supported"),
        };
        for (var at = 0; at < size.Length; at++)
        {
            var full = whole.shape[2 + at] + extra[at];
            var (before, after) = Cut(node, at, size.Length, full, x.shape[2 + at] * stride[at]);
            whole = Fitted(whole, 2 + at, before, full - after);
        }

        if (call.Maybe(2) is not { } bias) return whole;
        return whole + bias.view([1, -1, .. Enumerable.Repeat(1L, size.Length)]);
    }

    /// <summary>How much is cut off before and after.</summary>
    private static (long Before, long After) Cut(OnnxNode node, int at, int dimensions, long full, long same)
    {
        var mode = node.Text("auto_pad", "NOTSET");
        var pads = node.Ints("pads") ?? new long[2 * dimensions];
        long? asked = node.Ints("output_shape") is { } shape ? shape[shape.Length - dimensions + at] : null;
        if (mode is "SAME_UPPER" or "SAME_LOWER") asked ??= same;
        if (asked is not { } wanted) return (pads[at], pads[at + dimensions]);
        var total = full - wanted;
        return mode == "SAME_LOWER" ? (total - (total / 2), total / 2) : (total / 2, total - (total / 2));
    }

    /// <summary>From one place to before another; what lies behind the end is 0.</summary>
    private static Tensor Fitted(Tensor whole, long axis, long from, long to)
    {
        var missing = to - whole.shape[axis];
        if (missing <= 0) return whole.slice(axis, from, to, 1);
        long[] shape = [.. whole.shape.Select((size, at) => at == axis ? missing : size)];
        return cat([whole, zeros(shape, whole.dtype, whole.device)], axis).slice(axis, from, to, 1);
    }
}
