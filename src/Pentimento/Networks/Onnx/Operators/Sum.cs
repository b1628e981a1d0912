using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The sum of all inputs, broadcast.</summary>
internal sealed class Sum : Operator
{
    protected override Tensor Run(OnnxCall call) => call.Inputs.Select((_, at) => call[at]).Aggregate((a, b) => a + b).alias();
}
