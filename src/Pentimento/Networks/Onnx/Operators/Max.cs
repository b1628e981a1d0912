using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The largest of all inputs, broadcast.</summary>
internal sealed class Max : Operator
{
    protected override Tensor Run(OnnxCall call) => call.Inputs.Select((_, at) => call[at]).Aggregate((a, b) => a.maximum(b)).alias();
}
