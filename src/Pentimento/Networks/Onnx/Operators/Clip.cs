using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Values between two bounds, which are attributes before opset 11 and inputs since.</summary>
internal sealed class Clip : Operator
{
    public override NodeRole Role => NodeRole.Monotone;

    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var (low, high) = (Bound(call, "min", 1), Bound(call, "max", 2));
        if (low is null && high is null) return x.alias();
        if (x.is_floating_point()) return x.clamp(low, high);
        var held = low is { } least ? x.maximum(tensor(least).to_type(x.dtype)) : x;
        return high is { } most ? held.minimum(tensor(most).to_type(x.dtype)) : held.alias();
    }

    private static double? Bound(OnnxCall call, string attribute, int at)
    {
        if (call.Node.Has(attribute)) return call.Node.Float(attribute, 0);
        return call.Numbers(at) is [var bound] ? bound : null;
    }
}
