using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Numbers from a start to before a limit.</summary>
internal sealed class Range : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (start, limit, step) = (call.Numbers(0)![0], call.Numbers(1)![0], call.Numbers(2)![0]);
        var count = Math.Max(0, Math.Ceiling((limit - start) / step));
        call.Fits([double.IsNaN(count) ? long.MaxValue : (long)Math.Min(count, 1e15)]);
        return (start + (arange((long)count, ScalarType.Float64) * step)).to_type(call[0].dtype);
    }
}
