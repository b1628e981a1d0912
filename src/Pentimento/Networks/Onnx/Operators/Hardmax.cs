using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>1 for the first largest value along an axis, else 0.</summary>
internal sealed class Hardmax : Operator
{
    protected override Tensor Run(OnnxCall call) => Probabilities.Along(call, (x, axis) =>
        zeros_like(x).scatter(axis, x.argmax(axis, true), ones_like(x)));
}
