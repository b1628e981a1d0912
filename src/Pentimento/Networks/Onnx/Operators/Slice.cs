using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Some places along some axes; backwards where the step is negative.</summary>
internal sealed class Slice : Operator
{
    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var starts = call.Whole("starts", 1) ?? throw call.Node.Refusal("lacks its starts", null);
        var ends = call.Whole("ends", 2) ?? throw call.Node.Refusal("lacks its ends", null);
        var axes = call.Whole("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = call.Whole(4) ?? [.. Enumerable.Repeat(1L, starts.Length)];
        for (var at = 0; at < axes.Length; at++)
        {
            var axis = call.Axis(axes[at], x.dim());
            x = steps[at] > 0 ? Forward(x, axis, starts[at], ends[at], steps[at]) : Backward(x, axis, starts[at], ends[at], steps[at]);
        }

        return x.alias();
    }

    private static Tensor Forward(Tensor x, long axis, long start, long end, long step)
    {
        var size = x.shape[axis];
        var (from, to) = (Math.Clamp(start < 0 ? start + size : start, 0, size), Math.Clamp(end < 0 ? end + size : end, 0, size));
        return x.slice(axis, from, Math.Max(from, to), step);
    }

    private static Tensor Backward(Tensor x, long axis, long start, long end, long step)
    {
        var size = x.shape[axis];
        var from = Math.Clamp(start < 0 ? start + size : start, -1, size - 1);
        var to = Math.Clamp(end < 0 ? Math.Max(end, long.MinValue + size) + size : end, -1, size - 1);
        var places = new List<long>();
        for (var place = from; place > to; place += Math.Max(step, -size - 1)) places.Add(place);
        return x.index_select(axis, tensor(places.ToArray(), ScalarType.Int64, x.device));
    }
}
