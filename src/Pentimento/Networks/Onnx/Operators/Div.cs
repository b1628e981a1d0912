using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>a / b, broadcast; whole numbers are cut towards zero.</summary>
internal sealed class Div : Operator
{
    public override IReadOnlyList<string> Weights => ["scale", "scale"];

    public override bool Elementwise => true;

    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call) =>
        call[0].is_floating_point() ? call[0] / call[1] : call[0].div(call[1], RoundingMode.trunc);
}
