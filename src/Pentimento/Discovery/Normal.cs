namespace Pentimento.Discovery;

/// <summary>The normal distribution.</summary>
internal static class Normal
{
    /// <summary>The probability of a value above this many deviations.</summary>
    /// <remarks>Abramowitz and Stegun, 1964, "Handbook of mathematical functions", 26.2.17: exact to 7.5e-8; beyond 6 deviations Mills'
    /// ratio.</remarks>
    public static double Above(double deviations)
    {
        if (deviations < 0) return 1 - Above(-deviations);
        var density = Math.Exp(-deviations * deviations / 2) / Math.Sqrt(2 * Math.PI);
        if (deviations > 6) return density / deviations * (1 - (1 / (deviations * deviations)));
        var t = 1 / (1 + (0.2316419 * deviations));
        var sum = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return density * sum;
    }
}
