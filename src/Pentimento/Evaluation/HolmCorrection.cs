namespace Pentimento.Evaluation;

/// <summary>Adjusts p-values so that the chance of any false rejection among all tests stays below the level.</summary>
/// <remarks>Holm, 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6.</remarks>
internal static class HolmCorrection
{
    /// <summary>The adjusted p-values, 0..1, in the order of the tests.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        foreach (var (rank, at) in Enumerable.Range(0, pValues.Count).OrderBy(at => pValues[at]).Index())
        {
            largest = Math.Max(largest, Math.Min(1, pValues[at] * (pValues.Count - rank)));
            adjusted[at] = largest;
        }

        return adjusted;
    }
}
