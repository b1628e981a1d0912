namespace Pentimento.Probing;

/// <summary>The false discovery rate of multiple tests.</summary>
internal static class FalseDiscovery
{
    /// <summary>The q-value of each test: the expected share of false discoveries if it and all with smaller p-values are rejected as null.</summary>
    /// <remarks>Benjamini and Hochberg, 1995, "Controlling the false discovery rate", J. R. Stat. Soc. B 57.</remarks>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var smallest = 1.0;
        int[] descending = [.. Enumerable.Range(0, pValues.Count).OrderByDescending(at => pValues[at])];
        for (var at = 0; at < descending.Length; at++)
        {
            smallest = Math.Min(smallest, pValues[descending[at]] * pValues.Count / (pValues.Count - at));
            adjusted[descending[at]] = smallest;
        }

        return adjusted;
    }
}
