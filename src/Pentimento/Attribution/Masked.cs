using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>What a network says when parts of what it sees are taken away: the question of all methods that need no gradient.</summary>
internal static class Masked
{
    // Enough images at once to keep every core busy, few enough to stay in its cache.
    private const long Together = 500;

    /// <summary>The targets' scores under every mask, float32 (B, M).</summary>
    /// <param name="points">Images or activations (B, C, H, W).</param>
    /// <param name="masks">What is left, (B or 1, M, C or 1, H or 1, W or 1).</param>
    /// <param name="targets">int64 (B).</param>
    /// <param name="answer">From points to scores (N, K).</param>
    /// <param name="stage">What to tell of progress.</param>
    /// <param name="run">Hears about progress.</param>
    public static Tensor Scores(Tensor points, Tensor masks, Tensor targets, Func<Tensor, Tensor> answer, string stage, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (count, all, parts) = (points.shape[0], masks.shape[1], new List<Tensor>());
        var step = Math.Max(1, Together / count);
        for (var start = 0L; start < all; start += step)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + step, all);
            var masked = points.unsqueeze(1) * masks.slice(1, start, end, 1);
            var scores = answer(masked.flatten(0, 1)).view(count, end - start, -1);
            parts.Add(scores.gather(2, targets.view(-1, 1, 1).expand(count, end - start, 1)).squeeze(2).MoveToOuterDisposeScope());
            run.Report(new(stage, end, all));
        }

        return cat(parts, 1).MoveToOuterDisposeScope();
    }
}
