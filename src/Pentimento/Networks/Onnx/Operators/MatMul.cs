using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The matrix product of the last two dimensions, the others broadcast.</summary>
internal sealed class MatMul : Operator
{
    public override NodeRole Role => NodeRole.Linear;

    public override IReadOnlyList<string> Weights => ["weight", "weight"];

    protected override Tensor Run(OnnxCall call) => call[0].matmul(call[1]);
}
