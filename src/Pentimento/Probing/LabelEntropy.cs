namespace Pentimento.Probing;

/// <summary>The entropy of the classes of some images, in nats: 0 if all are of one class, ln K for K equally frequent classes.</summary>
internal static class LabelEntropy
{
    /// <summary>The entropy of the labels, uncorrected.</summary>
    public static double Of(IReadOnlyCollection<long> labels) =>
        -labels.CountBy(label => label).Sum(group => (double)group.Value / labels.Count * Math.Log((double)group.Value / labels.Count));

    /// <summary>The weight of each class among chosen images, corrected for how frequent it is in the whole set: the share of the class's
    /// own images that was chosen, summing to 1.</summary>
    /// <param name="chosen">The labels of the chosen images, which are some of the set's.</param>
    /// <param name="all">The labels of the whole set.</param>
    public static IReadOnlyDictionary<long, double> Balanced(IReadOnlyCollection<long> chosen, IEnumerable<long> all)
    {
        var sizes = all.CountBy(label => label).ToDictionary();
        var rates = chosen.CountBy(label => label).ToDictionary(group => group.Key, group => (double)group.Value / sizes[group.Key]);
        var total = rates.Values.Sum();
        return rates.ToDictionary(rate => rate.Key, rate => rate.Value / total);
    }

    /// <summary>The entropy of weights that sum to 1.</summary>
    public static double Of(IReadOnlyDictionary<long, double> weights) => -weights.Values.Sum(weight => weight * Math.Log(weight));
}
