using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Slices replaced, or added to, where rows of indices say.</summary>
internal sealed class ScatterND : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, indices, updates) = (call[0], call[1].to(ScalarType.Int64, call[0].device), call[2]);
        var depth = (int)indices.shape[^1];
        var (named, kept) = (x.shape[..depth], x.shape[depth..]);
        var rows = x.reshape([named.Aggregate(1L, (product, size) => product * size), .. kept]);
        var places = zeros([.. indices.shape[..^1]], ScalarType.Int64, x.device);
        for (var at = 0; at < depth; at++) places = (places * named[at]) + Places.Counted(indices.select(-1, at), named[at], x.device);
        var flat = places.flatten();
        var values = updates.reshape([flat.shape[0], .. kept]);
        return Scattered.Over(rows, flat, values, call.Node).reshape(x.shape);
    }
}
