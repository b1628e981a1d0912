using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The upper or lower triangle of matrices, the rest 0.</summary>
internal sealed class Trilu : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var diagonal = call.Whole(1)?[0] ?? 0;
        return call.Node.Int("upper", 1) == 1 ? call[0].triu(diagonal) : call[0].tril(diagonal);
    }
}
