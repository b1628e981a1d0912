using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Puts dimensions of size 1 in.</summary>
internal sealed class Unsqueeze : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axes = call.Whole("axes", 1) ?? throw call.Node.Refusal("lacks its axes", null);
        return axes.Select(axis => call.Axis(axis, x.dim() + axes.Length)).Order().Aggregate(x, (more, axis) => more.unsqueeze(axis)).alias();
    }
}
