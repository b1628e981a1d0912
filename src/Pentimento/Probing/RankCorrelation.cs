namespace Pentimento.Probing;

/// <summary>Whether two lists of numbers put their items in the same order.</summary>
public static class RankCorrelation
{
    /// <summary>1 for the same order, 0 for none in common, -1 for the opposite; 0 if a list is constant. Equals share their mean rank.</summary>
    /// <remarks>Spearman, 1904, "The proof and measurement of association between two things".</remarks>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (x, y, mean) = (Ranks(first), Ranks(second), (first.Count - 1) / 2.0);
        var (together, alone, other) = (0.0, 0.0, 0.0);
        for (var at = 0; at < x.Length; at++)
        {
            together += (x[at] - mean) * (y[at] - mean);
            alone += (x[at] - mean) * (x[at] - mean);
            other += (y[at] - mean) * (y[at] - mean);
        }

        return alone > 0 && other > 0 ? together / Math.Sqrt(alone * other) : 0;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new double[values.Count];
        var place = 0;
        foreach (
            var equals in Enumerable.Range(0, values.Count).GroupBy(at => values[at]).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            foreach (var at in equals) ranks[at] = place + ((equals.Length - 1) / 2.0);
            place += equals.Length;
        }

        return ranks;
    }
}
