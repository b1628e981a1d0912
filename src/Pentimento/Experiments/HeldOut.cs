using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Training images that no method learns from, by which the bench chooses a method: no test set takes part.</summary>
/// <param name="All">All of them, of every environment.</param>
/// <param name="Conflicting">The places of those that contradict the shortcut. No network that is compared decides which they are: one's own errors
/// are images on which it fails and any other does better, shortcut or not.</param>
/// <param name="Meaning">Which they are, in words that follow a number.</param>
internal sealed record HeldOut(ImageSet All, int[] Conflicting, string Meaning)
{
    /// <summary>All held-out images as one set.</summary>
    /// <param name="sets">One set an environment.</param>
    public static ImageSet Pooled(IReadOnlyList<ImageSet> sets) => new Environments(sets).Pooled();

    /// <summary>The images in another colour than their class's most frequent one, as the colours are seen in the images.</summary>
    /// <param name="all">The held-out images.</param>
    /// <param name="ground">Whether the ground's colour is meant.</param>
    public static HeldOut ByColor(ImageSet all, bool ground)
    {
        var colors = ImageColors.Of(all, ground);
        var usual = all.Labels.Zip(colors).Where(pair => pair.Second >= 0).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.CountBy(pair => pair.Second).MaxBy(color => color.Value).Key);
        return new(
            all,
            [.. Places(all.Count, at => colors[at] >= 0 && colors[at] != usual[all.Labels[at]])],
            "in another colour than their class's usual one");
    }

    /// <summary>The images that all of some networks get wrong, which take no part in the comparison.</summary>
    public static HeldOut ByErrors(ImageSet all, IReadOnlyList<Classifier> references, RunContext run)
    {
        var right = references.Select(reference => Predictions.OfFitted(reference, all, run).Correct).ToList();
        return new(all, [.. Places(all.Count, at => right.All(one => !one[at]))], "that two further networks, trained to be lazy, both get wrong");
    }

    /// <summary>What is compared besides the accuracy on all images, in words.</summary>
    public string Rule => Conflicting.Length > 0
        ? $"on the {Numbers.Whole(Conflicting.Length)} of them {Meaning}"
        : $"on the worst class of them, because there are none {Meaning}";

    /// <summary>How good a network is: the lower of two accuracies, so that neither is bought with the other.</summary>
    /// <param name="answers">The network's predictions of all images.</param>
    public HeldOutScore Score(Predictions answers)
    {
        var all = answers.Accuracy;
        if (Conflicting.Length == 0) return new(all.Value, answers.WorstClass) { AllError = Error(all) };
        var conflicting = answers.Pick(Conflicting).Accuracy;
        return new(all.Value, conflicting.Value) { AllError = Error(all), BiasConflictingError = Error(conflicting) };
    }

    private static double Error(Share share) => Math.Sqrt(share.Value * (1 - share.Value) / share.Count);

    private static IEnumerable<int> Places(int count, Func<int, bool> wanted) => Enumerable.Range(0, count).Where(wanted);
}

/// <summary>How a network does on held-out images. Fractions are of 1.</summary>
/// <param name="All">Its accuracy on all of them.</param>
/// <param name="BiasConflicting">Its accuracy on those that contradict the shortcut, or on the worst class where there are none.</param>
public readonly record struct HeldOutScore(double All, double BiasConflicting)
{
    /// <summary>The standard error of the accuracy on all of them, from the choice of images.</summary>
    public double AllError { get; init; }

    /// <summary>The standard error of the accuracy on those that contradict the shortcut; 0 where there are none.</summary>
    public double BiasConflictingError { get; init; }

    /// <summary>The lower of both.</summary>
    internal double Lower => Math.Min(All, BiasConflicting);
}
