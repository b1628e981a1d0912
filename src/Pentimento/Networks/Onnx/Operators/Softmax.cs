using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The exponential, divided by its sum along an axis; before opset 13 over all dimensions from it on.</summary>
internal sealed class Softmax : Operator
{
    public override NodeRole Role => NodeRole.Other;

    protected override Tensor Run(OnnxCall call) => Probabilities.Along(call, (x, axis) => x.softmax(axis));
}
