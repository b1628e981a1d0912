using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>a - b, broadcast.</summary>
internal sealed class Sub : Operator
{
    public override IReadOnlyList<string> Weights => ["bias", "bias"];

    public override bool Elementwise => true;

    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call) => call[0] - call[1];
}
