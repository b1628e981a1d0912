using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The matrix product of the last two dimensions, the others broadcast.</summary>
internal sealed class MatMul : Operator
{
    public override NodeRole Role => NodeRole.Linear;

    public override IReadOnlyList<string> Weights => ["weight", "weight"];

    private protected override Tensor Run(OnnxCall call) => MatrixProduct.Of(call, call[0], call[1]);
}
