using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Maps in a larger size, as before opset 10.</summary>
internal sealed class Upsample : Operator
{
    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call) =>
        Resampling.ByScales(call, call.Node.Floats("scales") is { } scales ? [.. scales.Select(scale => (double)scale)] : call.Numbers(1)!);
}
