using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>A row of one value with another where an index says.</summary>
internal sealed class OneHot : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (indices, depth) = (call[0], call.Whole(1)![0]);
        call.Fits([.. indices.shape, depth]);
        var places = Places.Counted(indices, depth, indices.device).unsqueeze(-1);
        var hot = places.eq(arange(depth, ScalarType.Int64, indices.device));
        var (off, on) = (call[2].select(0, 0), call[2].select(0, 1));
        var axis = call.Node.Int("axis", -1);
        return where(hot, on, off).movedim([hot.dim() - 1], [axis < 0 ? axis + hot.dim() : axis]);
    }
}
