using Pentimento.Evaluation;

namespace Pentimento.Checks;

/// <summary>How many images would decide a requirement, if the rate stayed what it is.</summary>
internal static class RequiredSampleSize
{
    private const long Most = 1_000_000_000;

    /// <summary>The number of images, to two digits; null where even a billion would not, since the rate stands at its limit.</summary>
    /// <param name="relation">How the quantity must stand to the limit.</param>
    /// <param name="share">The rate, 0..1.</param>
    /// <param name="limit">The limit.</param>
    public static long? For(Relation relation, double share, double limit)
    {
        if (!Decides(relation, share, limit, Most)) return null;
        var (few, many) = (1L, Most);
        while (few + 1 < many)
        {
            var middle = (few + many) / 2;
            if (Decides(relation, share, limit, middle)) many = middle;
            else few = middle;
        }

        var unit = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(many)) - 1));
        many = (many + unit - 1) / unit * unit;
        // Hits are whole, so that a few more images may decide nothing again.
        while (!Decides(relation, share, limit, many)) many += unit;
        return many;
    }

    private static bool Decides(Relation relation, double share, double limit, long count)
    {
        var (low, high) = ExactInterval.Of((long)Math.Round(share * count), count);
        return relation.Decide(new(share, low, high, count), limit) != RequirementStatus.Undecided;
    }
}
