using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>A matrix of ones on a diagonal, in the shape of another.</summary>
internal sealed class EyeLike : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, diagonal) = (call[0], call.Node.Int("k", 0));
        var type = call.Node.Has("dtype") ? OnnxTensor.TypeOf((int)call.Node.Int("dtype", 1)) ?? x.dtype : x.dtype;
        var (row, column) = (arange(x.shape[0], ScalarType.Int64).unsqueeze(1), arange(x.shape[1], ScalarType.Int64));
        return (row + diagonal).eq(column).to_type(type);
    }
}
