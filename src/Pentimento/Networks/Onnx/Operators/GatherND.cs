using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The slices that rows of indices name.</summary>
internal sealed class GatherND : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, indices) = (call[0], call[1].to(ScalarType.Int64, call[0].device));
        var shared = (int)call.Node.Int("batch_dims", 0);
        var depth = (int)indices.shape[^1];
        var outer = x.shape[..shared].Aggregate(1L, (product, size) => product * size);
        var (named, kept) = (x.shape[shared..(shared + depth)], x.shape[(shared + depth)..]);
        var rows = x.reshape([outer * named.Aggregate(1L, (product, size) => product * size), .. kept]);
        var places = zeros([.. indices.shape[..^1]], ScalarType.Int64, x.device);
        for (var at = 0; at < depth; at++) places = (places * named[at]) + Places.Counted(indices.select(-1, at), named[at], x.device);
        var flat = places.reshape(outer, -1) + (arange(outer, ScalarType.Int64, x.device).unsqueeze(1) * (rows.shape[0] / Math.Max(1, outer)));
        return rows.index_select(0, flat.flatten()).reshape([.. indices.shape[..^1], .. kept]);
    }
}
