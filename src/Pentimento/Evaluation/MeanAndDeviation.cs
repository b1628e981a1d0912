namespace Pentimento.Evaluation;

/// <summary>The mean and the sample standard deviation of one metric over several seeds.</summary>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Deviation">The standard deviation with n - 1 in the denominator; 0 for one seed.</param>
/// <param name="Count">n, the number of seeds.</param>
internal readonly record struct MeanAndDeviation(double Mean, double Deviation, int Count)
{
    /// <summary>Summarizes values, one for each seed.</summary>
    public static MeanAndDeviation Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        var deviation = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
        return new(mean, deviation, all.Length);
    }
}
