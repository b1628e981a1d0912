using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Entries replaced, or added to, along an axis where indices say.</summary>
internal sealed class ScatterElements : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var x = call[0];
        var axis = call.Axis(call.Node.Int("axis", 0), x.dim());
        var (index, updates) = (Places.Counted(call[1], x.shape[axis], x.device), call[2]);
        // As rows of one value, counted over the whole tensor.
        var (flat, strides) = (zeros_like(index), 1L);
        for (var at = (int)x.dim() - 1; at >= 0; at--)
        {
            long[] along = [.. Enumerable.Range(0, (int)x.dim()).Select(other => other == at ? index.shape[at] : 1L)];
            var place = at == axis ? index : arange(index.shape[at], ScalarType.Int64, x.device).view(along);
            flat += place * strides;
            strides *= x.shape[at];
        }

        return Scattered.Over(x.reshape(-1), flat.flatten(), updates.reshape(-1), call.Node).reshape(x.shape);
    }
}
