using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Rank correlation of attribution maps.</summary>
internal static class Ranks
{
    /// <summary>Spearman's rank correlation of each pair of maps, float64 (N) in [-1, 1]; 0 where one of them is constant.</summary>
    /// <remarks>Spearman, 1904, "The proof and measurement of association between two things"; equal values share the mean of their ranks.</remarks>
    /// <param name="one">float32 (N, h, w).</param>
    /// <param name="other">float32 (N, h, w).</param>
    public static Tensor Correlation(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Centered(one), Centered(other));
        var sizes = (a.square().sum(1) * b.square().sum(1)).sqrt();
        return ((a * b).sum(1) / sizes.clamp(min: 1e-12)).MoveToOuterDisposeScope();
    }

    private static Tensor Centered(Tensor maps)
    {
        var values = maps.flatten(1).contiguous();
        var sorted = values.sort(1).Values;
        var ranks = searchsorted(sorted, values, right: false).to_type(float64) + searchsorted(sorted, values, right: true).to_type(float64);
        return ranks - ranks.mean([1], keepdim: true);
    }
}
