using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>Trains a first network, then a second one to which the images that the first answers wrong are shown more often.</summary>
/// <remarks>
/// Liu et al., 2021, "Just train twice: improving group robustness without training group information", arXiv:2107.09044. The authors' first
/// network is a plain one stopped early; the default here gives up on hard images by its objective. An epoch stays as long as the set, so
/// the others are seen less.
/// </remarks>
/// <param name="Upweight">λ, how often an image of the error set is shown for each time that another is.</param>
public sealed record JustTrainTwice([Range(1.0, 100_000.0)] double Upweight = 50) : TwoStages
{
    /// <inheritdoc/>
    protected override Environments Learn(Classifier reference, Environments environments, RunContext run) =>
        environments with { Weights = [Weights(Predictor.Classes(reference, environments.Sets[0], run), environments.Sets[0], Upweight)] };

    /// <summary>How often each image is shown.</summary>
    /// <exception cref="BadInputException">Every image is answered right, so that there is nothing to show more often.</exception>
    internal static double[] Weights(long[] answers, ImageSet set, double upweight)
    {
        var wrong = answers.Zip(set.Labels).Select(pair => pair.First != pair.Second).ToArray();
        Require.That(
            wrong.Contains(true),
            $"The first network answers every image of {set.Name} right, so its errors show nothing; train it for fewer epochs.");
        return [.. wrong.Select(isWrong => isWrong ? upweight : 1)];
    }
}
