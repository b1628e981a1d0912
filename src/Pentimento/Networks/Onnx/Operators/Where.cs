using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>a where the condition holds, else b, broadcast.</summary>
internal sealed class Where : Operator
{
    public override IReadOnlyList<string> Weights => ["", "first", "second"];

    public override bool Elementwise => true;

    protected override Tensor Run(OnnxCall call) => where(call[0].to_type(ScalarType.Bool), call[1], call[2]);
}
