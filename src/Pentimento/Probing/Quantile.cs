namespace Pentimento.Probing;

/// <summary>Quantiles of sorted values.</summary>
internal static class Quantile
{
    /// <summary>The value below which a share of the values lies, between neighbours linearly, rounded as NumPy rounds.</summary>
    /// <param name="sorted">Values in ascending order, at least one.</param>
    /// <param name="share">0..1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var (low, high, part) = (sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], place - below);
        return part < 0.5 ? low + ((high - low) * part) : high - ((high - low) * (1 - part));
    }
}
