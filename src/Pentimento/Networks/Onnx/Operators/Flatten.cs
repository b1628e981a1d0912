using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>All dimensions before an axis as one, and all from it on.</summary>
internal sealed class Flatten : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axis = call.Node.Int("axis", 1);
        if (axis < 0) axis += x.dim();
        return x.reshape(x.shape[..(int)axis].Aggregate(1L, (product, size) => product * size), x.shape[(int)axis..].Aggregate(1L, (p, s) => p * s));
    }
}
