using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>How windows slide over maps: size, stride, dilation and padding on each side, one number a dimension.</summary>
internal sealed record Windows(long[] Size, long[] Stride, long[] Dilation, long[] Before, long[] After)
{
    /// <summary>Whether padding is the same on both sides.</summary>
    public bool Even => Before.SequenceEqual(After);

    /// <summary>Reads the attributes of a convolution or pooling.</summary>
    /// <param name="call">The call; its first input is what windows slide over.</param>
    /// <param name="size">The size of windows.</param>
    public static Windows Of(OnnxCall call, long[] size)
    {
        var (node, x) = (call.Node, call[0]);
        var dimensions = (int)x.dim() - 2;
        if (size.Length != dimensions || dimensions is < 1 or > 3)
            throw node.Refusal($"has windows of {size.Length} dimensions over an input of {x.dim()}", null);
        long[] ones = [.. Enumerable.Repeat(1L, dimensions)];
        var (stride, dilation) = (node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones);
        var pads = node.Ints("pads") ?? new long[2 * dimensions];
        if (stride.Length != dimensions || dilation.Length != dimensions || pads.Length != 2 * dimensions || pads.Any(pad => pad < 0))
            throw node.Refusal("has strides, dilations or pads that do not fit its windows", null);
        var windows = new Windows(size, stride, dilation, pads[..dimensions], pads[dimensions..]);
        windows = node.Text("auto_pad", "NOTSET") switch
        {
            "SAME_UPPER" => windows.Same(x.shape[2..], upper: true),
            "SAME_LOWER" => windows.Same(x.shape[2..], upper: false),
            "VALID" => windows with { Before = new long[dimensions], After = new long[dimensions] },
            _ => windows,
        };
        call.Fits([x.shape[0], x.shape[1], .. x.shape[2..].Select((length, at) => length + windows.Before[at] + windows.After[at])]);
        return windows;
    }

    /// <summary>Whether a pooling's windows are squares of 2x2, side by side, without padding.</summary>
    public static bool Halve(OnnxNode node) =>
        node.Ints("kernel_shape") is [2, 2] && node.Ints("strides") is [2, 2] && (node.Ints("dilations") ?? []).All(step => step == 1)
        && (node.Ints("pads") ?? []).All(pad => pad == 0) && node.Text("auto_pad", "NOTSET") is "NOTSET" or "VALID"
        && node.Int("ceil_mode", 0) == 0 && node.Outputs.Count == 1;

    /// <summary>The input with its padding put around it.</summary>
    public Tensor Padded(Tensor x, double value)
    {
        long[] around = [.. Enumerable.Range(0, Size.Length).Reverse().SelectMany(at => new[] { Before[at], After[at] })];
        return nn.functional.pad(x, around, PaddingModes.Constant, value);
    }

    /// <summary>The same windows one row high.</summary>
    public Windows Widened() => new([1, .. Size], [1, .. Stride], [1, .. Dilation], [0, .. Before], [0, .. After]);

    /// <summary>Padding with which a stride of 1 keeps the size.</summary>
    private Windows Same(long[] lengths, bool upper)
    {
        var (before, after) = (new long[Size.Length], new long[Size.Length]);
        for (var at = 0; at < Size.Length; at++)
        {
            var outputs = (lengths[at] + Stride[at] - 1) / Stride[at];
            var total = Math.Max(0, ((outputs - 1) * Stride[at]) + ((Size[at] - 1) * Dilation[at]) + 1 - lengths[at]);
            (before[at], after[at]) = upper ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
        }

        return this with { Before = before, After = after };
    }
}
