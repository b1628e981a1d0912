using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>Just train twice: trains a first network, then a second one that samples the images misclassified by the first more often.</summary>
/// <remarks>
/// Liu et al., 2021, "Just train twice: improving group robustness without training group information", arXiv:2107.09044. The authors' first
/// network is a plain one stopped early; the default here gives hard images small gradients by its loss. An epoch stays as long as the set, so
/// the others are sampled less.
/// </remarks>
/// <param name="Upweight">λ, the sampling weight of an image of the error set, relative to the others.</param>
internal sealed record JustTrainTwice([Range(1.0, 100_000.0)] double Upweight = 50) : TwoStages
{
    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run) =>
        environments with { Weights = [Weights(Predictor.Classes(reference, environments.Sets[0], run), environments.Sets[0], Upweight)] };

    /// <summary>The sampling weight of each image.</summary>
    /// <exception cref="BadInputException">Every image is classified correctly, so that the error set is empty.</exception>
    internal static double[] Weights(long[] predictions, ImageSet set, double upweight)
    {
        var wrong = predictions.Zip(set.Labels).Select(pair => pair.First != pair.Second).ToArray();
        Require.That(
            wrong.Contains(true),
            $"The first network classifies every image of {set.Name} correctly, so its error set is empty; train it for fewer epochs.");
        return [.. wrong.Select(isWrong => isWrong ? upweight : 1)];
    }
}
