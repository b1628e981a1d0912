using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Rows written over others where indices say.</summary>
internal static class Scattered
{
    /// <summary>Writes rows, in their order where one place is written more than once.</summary>
    /// <param name="rows">(R, ...).</param>
    /// <param name="places">int64 (P).</param>
    /// <param name="updates">(P, ...).</param>
    /// <param name="node">Its attribute reduction says what becomes of what stood there.</param>
    public static Tensor Over(Tensor rows, Tensor places, Tensor updates, OnnxNode node)
    {
        switch (node.Text("reduction", "none"))
        {
            case "none": return rows.index_copy(0, places, updates);
            case "add": return rows.index_add(0, places, updates, 1);
        }

        for (var at = 0L; at < places.shape[0]; at++)
        {
            var (place, update) = (places.slice(0, at, at + 1, 1), updates.slice(0, at, at + 1, 1));
            var before = rows.index_select(0, place);
            rows = rows.index_copy(0, place, node.Text("reduction", "none") switch
            {
                "mul" => before * update,
                "max" => before.maximum(update),
                "min" => before.minimum(update),
                var mode => throw node.Unsupported($"with the reduction {mode} is not supported"),
            });
        }

        return rows;
    }
}
