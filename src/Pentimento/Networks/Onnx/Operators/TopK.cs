using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The largest or smallest values along an axis, and where they stand.</summary>
internal sealed class TopK : Operator
{
    public override IReadOnlyList<Tensor> RunAll(OnnxCall call)
    {
        var k = call.Node.Has("k") ? call.Node.Int("k", 1) : call.Whole(1)![0];
        var (values, places) = call[0].topk((int)k, (int)call.Node.Int("axis", -1), call.Node.Int("largest", 1) == 1,
            call.Node.Int("sorted", 1) == 1);
        return [values, places];
    }
}
