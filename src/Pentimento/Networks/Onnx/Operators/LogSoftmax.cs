using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The logarithm of the softmax.</summary>
internal sealed class LogSoftmax : Operator
{
    protected override Tensor Run(OnnxCall call) => Probabilities.Along(call, (x, axis) => x.log_softmax(axis));
}
