using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Error-based environments: trains a biased network that relies on a shortcut, takes the images that it classifies correctly and those that it
/// misclassifies as two environments, and trains a second network on them: no bias labels.
/// </summary>
/// <remarks>
/// The error set is that of Liu et al., 2021, "Just train twice", arXiv:2107.09044; handing it to an invariance objective as an
/// environment follows Creager et al., 2021, "Environment inference for invariant learning", arXiv:2010.07249, with a hard split.
/// </remarks>
internal sealed record ErrorEnvironments : TwoStages
{
    /// <inheritdoc/>
    protected override bool FindsEnvironments => true;

    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run) =>
        Infer(reference, environments.Sets[0], run).Environments;

    /// <summary>Splits a set into the images that a network classifies correctly and those that it misclassifies.</summary>
    /// <param name="reference">A network that relies on the shortcut.</param>
    /// <param name="set">The training images.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <param name="attribute">The attribute that the split is compared with afterwards; null for the color.</param>
    /// <returns>Two environments, the correct first, and how well they match the colors, which took no part.</returns>
    /// <exception cref="BadInputException">The network is correct, or wrong, on every image, so that there is nothing to split.</exception>
    public static (Environments Environments, ErrorSplit Split) Infer(Classifier reference, ImageSet set, RunContext run, string? attribute = null)
    {
        var isCorrect = Predictions.OfFitted(reference, set, run).Correct;
        var parts = Enumerable.Range(0, set.Count).ToLookup(at => isCorrect[at]);
        int[] correct = [.. parts[true]];
        int[] wrong = [.. parts[false]];
        Require.That(
            correct.Length > 0 && wrong.Length > 0,
            $"The lazy network classifies {(wrong.Length == 0 ? "every" : "no")} image of {set.Name} correctly, "
                + $"so its errors separate no environments.");
        return (new([set.Pick(correct), set.Pick(wrong)]), ErrorSplit.Of(attribute is null ? set : set.JudgedBy(attribute), correct, wrong));
    }
}

/// <summary>How well an error split separates bias-aligned from bias-conflicting images, where colors are known; they do not decide the
/// split.</summary>
/// <param name="Correct">Number of images that the reference network classifies correctly.</param>
/// <param name="Wrong">Number of images that it misclassifies.</param>
/// <param name="Precision">The share of bias-conflicting images, in another color than their class's most frequent one, among the misclassified;
/// null if colors are unknown.</param>
/// <param name="Recall">The share of misclassified images among the bias-conflicting; null if colors are unknown.</param>
internal sealed record ErrorSplit(int Correct, int Wrong, double? Precision, double? Recall)
{
    internal static ErrorSplit Of(ImageSet set, int[] correct, int[] wrong)
    {
        if (set.Colors.Length == 0) return new(correct.Length, wrong.Length, null, null);
        var usual = set.Labels.Zip(set.Colors).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.GroupBy(pair => pair.Second).MaxBy(color => color.Count())!.Key);
        bool IsConflicting(int at) => set.Colors[at] != usual[set.Labels[at]];
        var found = wrong.Count(IsConflicting);
        var all = found + correct.Count(IsConflicting);
        return new(correct.Length, wrong.Length, (double)found / wrong.Length, all == 0 ? null : (double)found / all);
    }
}
