using System.Globalization;
using Pentimento.Data;

namespace Pentimento.Evaluation;

/// <summary>How accurate a network is on each group of a set, and on the worst. Fractions are of 1.</summary>
/// <remarks>
/// Sagawa, Koh, Hashimoto and Liang, 2020, "Distributionally robust neural networks for group shifts", arXiv:1911.08731, for the worst group and the
/// adjusted accuracy; Koh, Sagawa et al., 2021, "WILDS", arXiv:2012.07421: the worst group is the lowest of the groups that have images.
/// </remarks>
internal static class GroupEvaluation
{
    private const double Significant = 0.05;

    /// <summary>The report of a set with its groups.</summary>
    /// <param name="evaluation">The report without them.</param>
    /// <param name="predictions">The predictions that it was read from.</param>
    /// <param name="set">The images.</param>
    /// <param name="attributes">What makes groups together with the class.</param>
    /// <param name="training">The training images, whose groups' sizes weigh the adjusted accuracy; null where there are none.</param>
    /// <exception cref="BadInputException">The set does not have an attribute.</exception>
    public static SetEvaluation With(
        SetEvaluation evaluation, Predictions predictions, ImageSet set, IReadOnlyList<string> attributes, ImageSet? training)
    {
        var grouping = new Grouping(set, attributes);
        var learned = training is null ? null : new Grouping(training, attributes);
        var shares = predictions.By(grouping.GroupOf, grouping.Groups.Count);
        // Of several equally low the largest, which says the most.
        var worst = Enumerable.Range(0, shares.Count).OrderBy(at => shares[at].Value).ThenByDescending(at => shares[at].Count).First();
        var chance = ChanceSpread.Of(shares);
        return evaluation with
        {
            Groups = [.. grouping.Groups.Zip(shares, (group, share) => Accuracy(group, share, attributes))],
            EmptyGroups = [.. grouping.Empty(learned is null ? [] : [learned]).Select(group => group.In(attributes))],
            WorstGroup = shares[worst].Value,
            AverageGroup = shares.Average(share => share.Value),
            AdjustedAccuracy = learned is null ? null : Adjusted(grouping, shares, learned),
            AdjustedTo = training?.Name,
            Chance = chance,
            WorstGroupVerdict = Verdict([.. grouping.Groups.Select(group => group.In(attributes))], shares, worst, predictions.Accuracy, chance),
        };
    }

    /// <summary>The accuracy of the worst group alone.</summary>
    public static double Worst(Predictions predictions, ImageSet set, string attribute)
    {
        var grouping = new Grouping(set, [attribute]);
        return predictions.By(grouping.GroupOf, grouping.Groups.Count).Min(share => share.Value);
    }

    private static GroupAccuracy Accuracy(ImageGroup group, Share share, IReadOnlyList<string> attributes) => new(
        group.Class, attributes.Zip(group.Values).ToDictionary(pair => pair.First, pair => pair.Second), share.Count, share.Value, share.Low,
        share.High);

    /// <summary>Every group's accuracy, weighed by its share of the training images; null where a training group has no images here.</summary>
    private static double? Adjusted(Grouping grouping, IReadOnlyList<Share> shares, Grouping learned)
    {
        var shareOf = grouping.Groups.Zip(shares).ToDictionary(pair => pair.First, pair => pair.Second);
        return learned.Groups.All(shareOf.ContainsKey)
            ? learned.Groups.Zip(learned.Counts, (group, count) => shareOf[group].Value * count).Sum() / learned.Counts.Sum()
            : null;
    }

    private static string Verdict(IReadOnlyList<string> names, IReadOnlyList<Share> shares, int worst, Share all, ChanceSpread chance)
    {
        if (names.Count == 1) return $"There is one group only, {names[0]}: {shares[0]}.";
        var beginning = $"The worst of {names.Count} groups, {names[worst]}, has {shares[worst]}; all images together have "
            + $"{Numbers.Percent(all.Value)}. Were all groups alike, the worst would show {Numbers.Percent(chance.Expected)} "
            + $"({Numbers.Interval(chance.Low, chance.High)})";
        if (chance.PValue >= Significant) return $"{beginning}: chance alone can explain it ({P(chance.PValue)}).";
        return chance.Clearest == worst
            ? $"{beginning}: chance does not explain it ({P(chance.PValue)})."
            : $"{beginning}. Chance does not explain {names[chance.Clearest]}, {shares[chance.Clearest]} ({P(chance.PValue)}).";
    }

    private static string P(double value) =>
        value < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {value:0.000}");
}
