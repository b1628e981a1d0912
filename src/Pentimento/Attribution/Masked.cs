using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Scores of masked inputs, which all perturbation-based methods need.</summary>
internal static class Masked
{
    // Enough images at once to keep every core busy, few enough to stay in its cache.
    private const int Batch = 500;

    /// <summary>The targets' scores under every mask, float32 (B, M).</summary>
    /// <remarks>Batches hold the masks of one input: kernels sum in another order in batches of another size, and an input's scores must not
    /// depend on its company.</remarks>
    /// <param name="network">The network behind the scores, whose activations decide how many masks are tried at once.</param>
    /// <param name="inputs">Images or activations (B, C, H, W).</param>
    /// <param name="masks">The factors, 1 where an input is kept, (B or 1, M, C or 1, H or 1, W or 1).</param>
    /// <param name="targets">int64 (B).</param>
    /// <param name="forward">From inputs to scores (N, K).</param>
    /// <param name="stage">The name of the stage in progress reports.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static Tensor Scores(
        Classifier network, Tensor inputs, Tensor masks, Tensor targets, Func<Tensor, Tensor> forward, string stage, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (count, all, rows) = (inputs.shape[0], masks.shape[1], new List<Tensor>());
        var step = BatchSize.Of(network, Batch, run);
        for (var at = 0L; at < count; at++)
        {
            using var inner = NewDisposeScope();
            var (input, target) = (inputs.slice(0, at, at + 1, 1), targets.slice(0, at, at + 1, 1));
            var own = masks.shape[0] == 1 ? masks[0] : masks[at];
            var parts = new List<Tensor>();
            for (var start = 0L; start < all; start += step)
            {
                using var innermost = NewDisposeScope();
                var end = Math.Min(start + step, all);
                var scores = forward(input * own.slice(0, start, end, 1));
                parts.Add(scores.gather(1, target.unsqueeze(0).expand(scores.shape[0], 1)).MoveToOuterDisposeScope());
                run.Report(new(stage, (at * all) + end, count * all));
            }

            rows.Add(cat(parts, 0).t().MoveToOuterDisposeScope());
        }

        return cat(rows, 0).MoveToOuterDisposeScope();
    }
}
