using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Maps in another size: each new value is a weighted mean of old ones, along one axis after another.</summary>
internal sealed class Resize : Operator
{
    public override bool KeepsImage => true;

    private protected override Tensor Run(OnnxCall call) => call.Node.Opset < 11
        ? Resampling.ByScales(call, call.Numbers(1)!)
        : Resampling.Of(call);
}
