using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Scores of masked inputs, which all perturbation-based methods need.</summary>
internal static class Masked
{
    // Enough images at once to keep every core busy, few enough to stay in its cache.
    private const int Batch = 500;

    /// <summary>The targets' scores under every mask, float32 (B, M).</summary>
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
        var (count, all, parts) = (inputs.shape[0], masks.shape[1], new List<Tensor>());
        var step = Math.Max(1, BatchSize.Of(network, Batch, run) / count);
        for (var start = 0L; start < all; start += step)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + step, all);
            var masked = inputs.unsqueeze(1) * masks.slice(1, start, end, 1);
            var scores = forward(masked.flatten(0, 1)).view(count, end - start, -1);
            parts.Add(scores.gather(2, targets.view(-1, 1, 1).expand(count, end - start, 1)).squeeze(2).MoveToOuterDisposeScope());
            run.Report(new(stage, end, all));
        }

        return cat(parts, 1).MoveToOuterDisposeScope();
    }
}
