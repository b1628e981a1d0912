using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Values in another type; half precisions are computed as float32.</summary>
internal sealed class Cast : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call) =>
        OnnxTensor.TypeOf((int)call.Node.Int("to", 1)) is { } type
            ? call[0].to_type(type).alias()
            : throw call.Node.Unsupported($"to the type {call.Node.Int("to", 1)} is not supported");
}
