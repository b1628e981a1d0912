using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The smallest of all inputs, broadcast.</summary>
internal sealed class Min : Operator
{
    protected override Tensor Run(OnnxCall call) => call.Inputs.Select((_, at) => call[at]).Aggregate((a, b) => a.minimum(b)).alias();
}
