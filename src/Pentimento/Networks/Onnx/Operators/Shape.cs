using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sizes of dimensions.</summary>
internal sealed class Shape : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var shape = call[0].shape;
        var (start, end) = (call.Node.Int("start", 0), call.Node.Int("end", shape.Length));
        var from = (int)Math.Clamp(start < 0 ? start + shape.Length : start, 0, shape.Length);
        var to = (int)Math.Clamp(end < 0 ? end + shape.Length : end, 0, shape.Length);
        return tensor(shape[from..Math.Max(from, to)], ScalarType.Int64);
    }
}
