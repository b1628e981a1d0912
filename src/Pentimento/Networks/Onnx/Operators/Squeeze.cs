using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Leaves dimensions of size 1 out.</summary>
internal sealed class Squeeze : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axes = call.Whole("axes", 1) ?? [.. Enumerable.Range(0, (int)x.dim()).Select(axis => (long)axis).Where(axis => x.shape[axis] == 1)];
        return axes.Select(axis => call.Axis(axis, x.dim())).Distinct().OrderDescending().Aggregate(x, (rest, axis) => rest.squeeze(axis)).alias();
    }
}
