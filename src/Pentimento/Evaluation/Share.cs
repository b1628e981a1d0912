namespace Pentimento.Evaluation;

/// <summary>A proportion, hits out of a count, with its 95% Wilson score interval.</summary>
/// <remarks>Wilson, 1927, "Probable inference, the law of succession, and statistical inference".</remarks>
/// <param name="Hits">The number of successes.</param>
/// <param name="Count">n, the number of trials.</param>
public readonly record struct Share(long Hits, long Count)
{
    // The 97.5% quantile of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The proportion, 0..1; undefined (NaN, in JSON null) where the count is 0.</summary>
    public double Value => Count == 0 ? double.NaN : (double)Hits / Count;

    /// <summary>The interval's lower end, 0..1.</summary>
    public double Low => Count == 0 ? 0 : Math.Max(0, Center(Z) - HalfWidth(Z));

    /// <summary>The interval's upper end, 0..1.</summary>
    public double High => Count == 0 ? 1 : Math.Min(1, Center(Z) + HalfWidth(Z));

    /// <summary>Counts the true values.</summary>
    public static Share Of(IReadOnlyCollection<bool> hits) => new(hits.LongCount(hit => hit), hits.Count);

    /// <summary>The proportion with the Wilson interval of another confidence, such as one that is shared by several comparisons.</summary>
    /// <param name="confidence">0..1, such as 0.95.</param>
    internal ConfidenceInterval At(double confidence)
    {
        if (Count == 0) return new(double.NaN, 0, 1);
        var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + confidence) / 2);
        return new(Value, Math.Max(0, Center(z) - HalfWidth(z)), Math.Min(1, Center(z) + HalfWidth(z)));
    }

    private double Center(double z) => (Value + (z * z / (2 * Count))) / (1 + (z * z / Count));

    private double HalfWidth(double z) => z / (1 + (z * z / Count)) * Math.Sqrt((Value * (1 - Value) / Count) + (z * z / (4.0 * Count * Count)));

    /// <summary>Formats the proportion as a percentage: <c>95.2% (94.8 to 95.6, n = 10,000)</c>, or <c>undefined (n = 0)</c>.</summary>
    public override string ToString() => Count == 0
        ? "undefined (n = 0)"
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{100 * Value:0.0}% ({100 * Low:0.0} to {100 * High:0.0}, n = {Count:N0})");
}
