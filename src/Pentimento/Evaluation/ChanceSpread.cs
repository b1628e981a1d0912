namespace Pentimento.Evaluation;

/// <summary>The lowest accuracy among several groups if all of them had the same true accuracy, that of all their images together.</summary>
/// <remarks>
/// The minimum of independent binomial shares, computed exactly: it is above x if every group has more than x times its count correct. The worst of
/// many small groups is low by chance alone, so a worst group means something only beside this. The minimum is ruled by the smallest groups; the
/// p-value is not: it is that of the group whose binomial p-value is smallest, corrected for the number of groups (Šidák, 1967).
/// </remarks>
/// <param name="Expected">Its expected value, 0..1.</param>
/// <param name="Low">Its 2.5% quantile.</param>
/// <param name="High">Its 97.5% quantile.</param>
/// <param name="PValue">The probability that any group would be as improbably low as the most improbable one is.</param>
public sealed record ChanceSpread(double Expected, double Low, double High, double PValue)
{
    /// <summary>The place of the group that is least probable.</summary>
    internal int Clearest { get; init; }

    private const int Steps = 4000;

    // Products such as 0.3 * 10 fall short of a whole number by rounding.
    private const double Rounding = 1e-9;

    /// <summary>Compares groups with as many that are alike.</summary>
    /// <param name="groups">Each with at least one image.</param>
    internal static ChanceSpread Of(IReadOnlyList<Share> groups)
    {
        var accuracy = (double)groups.Sum(group => group.Hits) / groups.Sum(group => group.Count);
        if (accuracy is 0 or 1) return new(accuracy, accuracy, accuracy, 1);
        var cumulative = groups.Select(group => Cumulative(group.Count, accuracy)).ToList();
        var above = Enumerable.Range(0, Steps + 1).Select(step => Above((double)step / Steps)).ToArray();
        var values = groups.Select((group, at) => cumulative[at][group.Hits]).ToList();
        var clearest = Enumerable.Range(0, groups.Count).MinBy(at => values[at]);
        // 1 - (1 - p)^G, without losing a small p to rounding.
        var corrected = -Math.Exp(groups.Count * Math.Log(1 - Math.Min(values[clearest], 1 - Rounding))) + 1;
        var exact = values[clearest] < Rounding ? groups.Count * values[clearest] : corrected;
        return new(above[..Steps].Average(), Quantile(0.025), Quantile(0.975), exact) { Clearest = clearest };

        double Above(double x) => cumulative.Aggregate(1.0, (product, sums) => product * (1 - sums[(int)((x * (sums.Length - 1)) + Rounding)]));

        double Quantile(double share) => Math.Max(0, Array.FindIndex(above, survival => 1 - survival >= share)) / (double)Steps;
    }

    /// <summary>P(hits at most k) for k from 0 to n, for n trials.</summary>
    private static double[] Cumulative(long trials, double probability)
    {
        var mass = new double[trials + 1];
        var mode = (int)Math.Min(trials, (trials + 1) * probability);
        mass[mode] = 1;
        // From the largest outwards, so that nothing that counts is lost to underflow.
        var odds = probability / (1 - probability);
        for (var k = mode; k < trials; k++) mass[k + 1] = mass[k] * (trials - k) / (k + 1) * odds;
        for (var k = mode; k > 0; k--) mass[k - 1] = mass[k] * k / (trials - k + 1) / odds;
        var (sum, total) = (0.0, mass.Sum());
        for (var k = 0; k < mass.Length; k++) mass[k] = Math.Min(1, (sum += mass[k]) / total);
        mass[^1] = 1;
        return mass;
    }
}
