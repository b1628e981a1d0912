using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sum of products that an equation asks for.</summary>
internal sealed class Einsum : Operator
{
    public override IReadOnlyList<string> Weights => ["weight", "weight", "weight"];

    protected override Tensor Run(OnnxCall call) =>
        einsum(call.Node.Text("equation", "").Replace(" ", ""), [.. call.Inputs.Select((_, at) => call[at])]);
}
