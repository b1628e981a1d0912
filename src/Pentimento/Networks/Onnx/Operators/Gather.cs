using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The entries along an axis that indices name.</summary>
internal sealed class Gather : Operator
{
    public override bool KeepsImage => true;

    public override IReadOnlyList<string> Weights => ["table"];

    private protected override Tensor Run(OnnxCall call)
    {
        var (x, indices) = (call[0], call[1]);
        var axis = call.Axis(call.Node.Int("axis", 0), x.dim());
        var places = Places.Counted(indices, x.shape[axis], x.device);
        if (places.dim() == 0) return x.index_select(axis, places.view(1)).squeeze(axis);
        return x.index_select(axis, places.flatten()).reshape([.. x.shape[..(int)axis], .. places.shape, .. x.shape[(int)(axis + 1)..]]);
    }
}
