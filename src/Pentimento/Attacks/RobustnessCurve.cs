namespace Pentimento.Attacks;

/// <summary>The robustness curve: accuracy as a function of the radius, from the smallest perturbations found by one attack.</summary>
/// <param name="Norm">The norm of the perturbations.</param>
/// <param name="Count">The number of images predicted correctly beforehand.</param>
/// <param name="Median">The change that half of those need; null where the attack failed on more than half.</param>
/// <param name="Deciles">The change that 10%, 20%, ... 90% of those need; null from where the attack failed.</param>
/// <param name="Curve">The accuracy over all attacked images at growing radii.</param>
/// <param name="Sizes">The smallest change found for each of the images that were fooled, in pixels of [0, 1], ascending.</param>
public sealed record RobustnessCurve(
    string Norm,
    int Count,
    double? Median,
    IReadOnlyList<double?> Deciles,
    IReadOnlyList<RobustnessPoint> Curve,
    IReadOnlyList<double> Sizes)
{
    private const int Points = 41;

    /// <summary>Computes the curve from the perturbations of a norm-minimising attack.</summary>
    /// <param name="norm">How they are measured.</param>
    /// <param name="sizes">The change of every attacked image.</param>
    /// <param name="outcome">Which of them fool.</param>
    internal static RobustnessCurve Of(Norm norm, float[] sizes, AttackOutcome outcome)
    {
        var needed = outcome
            .Fooled.Zip(sizes, (fooled, size) => fooled ? size : float.PositiveInfinity)
            .Where((_, at) => outcome.Counts[at])
            .Order()
            .ToArray();
        var found = needed.Where(float.IsFinite).ToArray();
        var end = found.Length == 0 ? 1 : found[^1] * 1.05;
        var correct = outcome.Correct.Count(yes => yes);
        var curve = Enumerable.Range(0, Points).Select(at => end * at / (Points - 1))
            .Select(radius => new RobustnessPoint(radius, (correct - found.Count(size => size <= radius)) / (double)Math.Max(1, sizes.Length)));
        return new(
            Names.Kebab(norm.ToString()), needed.Length, Finite(Quantile(needed, 0.5)),
            [.. Enumerable.Range(1, 9).Select(tenth => Finite(Quantile(needed, tenth / 10.0)))], [.. curve], [.. found.Select(size => (double)size)]);
    }

    /// <summary>A quantile of sorted values, interpolated linearly; null of nothing.</summary>
    internal static double? Quantile(float[] sorted, double share)
    {
        if (sorted.Length == 0) return null;
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return below == place ? sorted[below] : sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below]));
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;
}

/// <summary>The accuracy at one radius.</summary>
/// <param name="Size">The radius, in pixels of [0, 1].</param>
/// <param name="Accuracy">The share of all attacked images that are predicted correctly and need a larger perturbation, 0..1.</param>
public sealed record RobustnessPoint(double Size, double Accuracy);
