using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Functions along an axis whose meaning changed with opset 13.</summary>
internal static class Probabilities
{
    /// <summary>Applies a function along the axis, or over all dimensions from it on as one.</summary>
    public static Tensor Along(OnnxCall call, Func<Tensor, long, Tensor> function)
    {
        var x = call[0];
        if (call.Node.Opset >= 13) return function(x, call.Axis(call.Node.Int("axis", -1), x.dim()));
        var axis = call.Axis(call.Node.Int("axis", 1), x.dim());
        var rows = x.shape[..(int)axis].Aggregate(1L, (product, size) => product * size);
        return function(x.reshape(rows, -1), 1).reshape(x.shape);
    }
}
