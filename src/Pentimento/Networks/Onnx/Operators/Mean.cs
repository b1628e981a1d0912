using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The mean of all inputs, broadcast.</summary>
internal sealed class Mean : Operator
{
    protected override Tensor Run(OnnxCall call) => call.Inputs.Select((_, at) => call[at]).Aggregate((a, b) => a + b) / call.Count;
}
