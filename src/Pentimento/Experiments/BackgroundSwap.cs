using Pentimento.Evaluation;

namespace Pentimento.Experiments;

/// <summary>The proof by counterfactuals: how often a network's prediction changes when the same object stands on the other ground, and, as a
/// control, on another picture of the same ground.</summary>
/// <param name="Count">Number of images.</param>
/// <param name="Objects">Number of different emoji among them; the intervals count what is drawn of one of them together.</param>
/// <param name="FlipRate">The share of predictions that the other ground changes.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Control">The share of predictions that another picture of the same ground changes.</param>
/// <param name="Excess">The flip rate less the control, image by image.</param>
/// <param name="PerClass">The flip rate of each class.</param>
/// <param name="Finding">What the excess says, against the margin of every verdict.</param>
/// <param name="Verdict">The finding in a sentence.</param>
internal sealed record BackgroundSwap(
    int Count,
    int Objects,
    double FlipRate,
    double Low,
    double High,
    Control Control,
    ConfidenceInterval Excess,
    IReadOnlyList<Share> PerClass,
    Finding Finding,
    string Verdict)
{
    private const double Z = 1.959963984540054;

    /// <summary>Compares the predictions of the same images on three grounds.</summary>
    /// <param name="own">On their own.</param>
    /// <param name="other">On the other ground.</param>
    /// <param name="redrawn">On another picture of their own ground.</param>
    /// <param name="objects">What each image shows: images of one emoji are no independent trials.</param>
    internal static BackgroundSwap Of(Predictions own, Predictions other, Predictions redrawn, IReadOnlyList<string> objects)
    {
        double[] flipped = [.. own.Classes.Zip(other.Classes, (one, two) => one == two ? 0.0 : 1)];
        double[] control = [.. own.Classes.Zip(redrawn.Classes, (one, two) => one == two ? 0.0 : 1)];
        var flips = Mean(flipped, objects);
        var same = Mean(control, objects);
        var excess = Mean([.. flipped.Zip(control, (one, two) => one - two)], objects);
        var isConstant = own.Classes.Concat(other.Classes).Concat(redrawn.Classes).Distinct().Count() < 2;
        var finding = isConstant ? Finding.Undecided : ShortcutTest.OfExcess(excess);
        return new(
            own.Count,
            objects.Distinct().Count(),
            flips.Value,
            Math.Max(0, flips.Low),
            Math.Min(1, flips.High),
            new("another picture of the same ground", same.Value, Math.Max(0, same.Low), Math.Min(1, same.High), own.Count),
            excess,
            [.. Enumerable.Range(0, own.ClassCount).Select(label => Share.Of([.. Places(own, label).Select(at => flipped[at] > 0)]))],
            finding,
            isConstant ? "It predicts one class for every image: neither the ground nor the object moves it." : Sentence(finding, flips, same));
    }

    private static IEnumerable<int> Places(Predictions own, int label) => Enumerable.Range(0, own.Count).Where(at => own.Labels[at] == label);

    /// <summary>A mean with its 95% interval, in which the values of one cluster count together.</summary>
    /// <remarks>Liang and Zeger, 1986, "Longitudinal data analysis using generalized linear models", for the variance of such a mean.</remarks>
    private static ConfidenceInterval Mean(double[] values, IReadOnlyList<string> clusters)
    {
        var mean = values.Average();
        var sums = values.Zip(clusters).GroupBy(pair => pair.Second, pair => pair.First - mean).Select(group => group.Sum()).ToList();
        var correction = sums.Count > 1 ? sums.Count / (sums.Count - 1.0) : double.PositiveInfinity;
        // Where nothing differs between clusters, the rule of three bounds what may still be.
        var margin = Math.Max(Z * Math.Sqrt(correction * sums.Sum(sum => sum * sum)) / values.Length, 3.0 / sums.Count);
        return new(mean, mean - margin, mean + margin);
    }

    private static string Sentence(Finding finding, ConfidenceInterval flips, ConfidenceInterval control)
    {
        var figures = $"the same object on the other ground gets another prediction in {Numbers.Percent(flips.Value)} of cases "
            + $"({Numbers.Interval(Math.Max(0, flips.Low), Math.Min(1, flips.High))}), on another picture of its own ground in "
            + $"{Numbers.Percent(control.Value)}.";
        return finding switch
        {
            Finding.Shortcut => $"It follows the ground: {figures}",
            Finding.None => $"It does not follow the ground: {figures}",
            _ => $"Whether it follows the ground cannot be told from these images: {figures}",
        };
    }
}
