namespace Pentimento.Probing;

/// <summary>Rank correlation of two lists of numbers.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's ρ: 1 for the same order, -1 for the opposite; 0 if a list is constant. Ties share their mean rank.</summary>
    /// <remarks>Spearman, 1904, "The proof and measurement of association between two things".</remarks>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (x, y, mean) = (Ranks(first), Ranks(second), (first.Count - 1) / 2.0);
        var (covariance, alone, other) = (0.0, 0.0, 0.0);
        for (var at = 0; at < x.Length; at++)
        {
            covariance += (x[at] - mean) * (y[at] - mean);
            alone += (x[at] - mean) * (x[at] - mean);
            other += (y[at] - mean) * (y[at] - mean);
        }

        return alone > 0 && other > 0 ? covariance / Math.Sqrt(alone * other) : 0;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new double[values.Count];
        var place = 0;
        foreach (
            var ties in Enumerable.Range(0, values.Count).GroupBy(at => values[at]).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            foreach (var at in ties) ranks[at] = place + ((ties.Length - 1) / 2.0);
            place += ties.Length;
        }

        return ranks;
    }
}
