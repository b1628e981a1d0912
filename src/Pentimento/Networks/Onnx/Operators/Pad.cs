using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Values put around, or cut off where the padding is negative.</summary>
internal sealed class Pad : Operator
{
    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call)
    {
        var (x, node) = (call[0], call.Node);
        var pads = call.Whole("pads", 1) ?? throw node.Refusal("lacks its pads", null);
        var axes = call.Whole(3) ?? [.. Enumerable.Range(0, (int)x.dim()).Select(axis => (long)axis)];
        var value = node.Has("value") ? node.Float("value", 0) : call.Numbers(2) is [var given] ? given : 0;
        for (var at = 0; at < axes.Length; at++)
        {
            var axis = call.Axis(axes[at], x.dim());
            var (before, after) = (pads[at], pads[at + axes.Length]);
            if (before == 0 && after == 0) continue;
            call.Fits(x.shape.Select((size, other) => other == axis ? size + Math.Max(0, before) + Math.Max(0, after) : size));
            x = Around(call, x, axis, before, after, value);
        }

        return x.alias();
    }

    private static Tensor Around(OnnxCall call, Tensor x, long axis, long before, long after, double value)
    {
        var mode = call.Node.Text("mode", "constant");
        var size = x.shape[axis];
        if (before < 0 || after < 0) x = x.slice(axis, Math.Max(0, -before), size - Math.Max(0, -after), 1);
        (before, after, size) = (Math.Max(0, before), Math.Max(0, after), x.shape[axis]);
        if (mode == "constant")
        {
            Tensor Of(long count) => full([.. x.shape.Select((length, other) => other == axis ? count : length)], value, x.dtype, x.device);
            return cat([Of(before), x, Of(after)], axis);
        }

        var places = Enumerable.Range(0, (int)(before + size + after)).Select(at => Place(mode, at - before, size)
            ?? throw call.Node.Unsupported($"with the mode {mode} is not supported"));
        return x.index_select(axis, tensor(places.ToArray(), ScalarType.Int64, x.device));
    }

    private static long? Place(string mode, long at, long size) => mode switch
    {
        "edge" => Math.Clamp(at, 0, size - 1),
        "wrap" => ((at % size) + size) % size,
        "reflect" => size == 1 ? 0 : size - 1 - Math.Abs((((at % (2 * (size - 1))) + (2 * (size - 1))) % (2 * (size - 1))) - (size - 1)),
        _ => null,
    };
}
