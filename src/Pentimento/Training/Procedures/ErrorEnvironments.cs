using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Trains a network that relies on a shortcut, takes the images that it answers right and those that it answers wrong as two
/// environments, and trains a second one on them: no attribute is labelled.
/// </summary>
/// <remarks>
/// The error set is that of Liu et al., 2021, "Just train twice", arXiv:2107.09044; handing it to an invariance objective as an
/// environment follows Creager et al., 2021, "Environment inference for invariant learning", arXiv:2010.07249, with a hard split.
/// </remarks>
public sealed record ErrorEnvironments : TwoStages
{
    /// <inheritdoc/>
    protected override bool FindsEnvironments => true;

    /// <inheritdoc/>
    protected override Environments Learn(Classifier reference, Environments environments, RunContext run) =>
        Infer(reference, environments.Sets[0], run).Environments;

    /// <summary>Splits a set by the answers of a network.</summary>
    /// <param name="reference">A network that relies on the shortcut.</param>
    /// <param name="set">The training images.</param>
    /// <param name="run">Hears about progress.</param>
    /// <returns>Two environments, the right first, and how well they match the colours, which took no part.</returns>
    /// <exception cref="BadInputException">The network is right, or wrong, on every image, so that there is nothing to tell apart.</exception>
    public static (Environments Environments, ErrorSplit Split) Infer(Classifier reference, ImageSet set, RunContext run)
    {
        var answers = Predictor.Classes(reference, set, run);
        var parts = Enumerable.Range(0, set.Count).ToLookup(at => answers[at] == set.Labels[at]);
        int[] right = [.. parts[true]];
        int[] wrong = [.. parts[false]];
        Require.That(
            right.Length > 0 && wrong.Length > 0,
            $"The lazy network answers {(wrong.Length == 0 ? "every" : "no")} image of {set.Name} right, so its errors tell no environments apart.");
        return (new([set.Pick(right), set.Pick(wrong)]), ErrorSplit.Of(set, right, wrong));
    }
}

/// <summary>How an error split matches the colours, where they are known. Colours do not decide the split; they only judge it.</summary>
/// <param name="Right">How many images the reference network answers right.</param>
/// <param name="Wrong">How many it answers wrong.</param>
/// <param name="Precision">The share of the wrong ones that wear another colour than their class's usual one; null if colours are unknown.</param>
/// <param name="Recall">The share of such images that are among the wrong ones; null if colours are unknown.</param>
public sealed record ErrorSplit(int Right, int Wrong, double? Precision, double? Recall)
{
    internal static ErrorSplit Of(ImageSet set, int[] right, int[] wrong)
    {
        if (set.Colors.Length == 0) return new(right.Length, wrong.Length, null, null);
        var usual = set.Labels.Zip(set.Colors).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.GroupBy(pair => pair.Second).MaxBy(color => color.Count())!.Key);
        bool Conflicts(int at) => set.Colors[at] != usual[set.Labels[at]];
        var found = wrong.Count(Conflicts);
        var all = found + right.Count(Conflicts);
        return new(right.Length, wrong.Length, (double)found / wrong.Length, all == 0 ? null : (double)found / all);
    }
}
