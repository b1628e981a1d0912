using System.ComponentModel.DataAnnotations;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Logit adjustment by an inferred bias: trains a biased network, then a second one to whose logits the log-prior of each class given the first
/// one's prediction is added in training, so that information on the shortcut need not be learned. No bias labels.
/// </summary>
/// <remarks>
/// The bias-balanced loss of Hong and Yang, 2021, "Unbiased classification through bias-contrastive and bias-balanced learning" (NeurIPS
/// 34), eq. 5, which is the logit adjustment of Menon et al., 2021, arXiv:2007.07314, by bias; ours is that the first network's prediction stands
/// for the bias, and that images are sampled more evenly, a class and a prediction making a group. Nothing is added at inference. With
/// <c>evenness=0</c> it is the loss of Tsirigotis et al., 2023, "Group robust classification without any group information" (uLA),
/// arXiv:2310.18555, whose biased network is a linear layer on self-supervised features instead; with <c>part=0.1,rounds=3</c> the first network is
/// that of Zhao and Zhang, 2026, arXiv:2505.06831.
/// </remarks>
/// <param name="Evenness">How evenly groups are sampled: at 0 in proportion to their size, at 1 equally often, in between in proportion to their
/// size to the power of 1 less this.</param>
internal sealed record ShortcutPrior([Range(0.0, 1.0)] double Evenness = 0.5) : TwoStages
{
    // The attribute that holds the first network's predictions.
    private const string Prediction = "the first network's prediction";

    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run)
    {
        var set = environments.Sets[0];
        var predicted = set.With(Prediction, Predictor.Classes(reference, set, run));
        return new([predicted])
        {
            Weights = [Array.ConvertAll(GroupBalanced.Weights(predicted, Prediction), weight => Math.Pow(weight, Evenness))],
        };
    }

    /// <inheritdoc/>
    protected override Classifier WithReference(Classifier network, Classifier reference, Environments environments)
    {
        var set = environments.Sets[0];
        var prior = Prior(set.Labels, set.AttributeOf(Prediction), environments.Classes);
        return AddedLogits.To(network, reference, prior);
    }

    /// <summary>The log-prior of each class among the images sampled with each prediction, float32 (K, K), a row for each prediction.</summary>
    /// <param name="labels">(N), the images' classes.</param>
    /// <param name="predictions">(N), the first network's.</param>
    /// <param name="classes">K.</param>
    internal float[,] Prior(long[] labels, long[] predictions, int classes)
    {
        // Laplace smoothing, one more image in every group: what was not seen is rare, not impossible.
        var sizes = new double[classes, classes];
        for (var at = 0; at < labels.Length; at++) sizes[predictions[at], labels[at]]++;
        var prior = new float[classes, classes];
        for (var prediction = 0; prediction < classes; prediction++)
        {
            var sampled = Enumerable.Range(0, classes).Select(label => Math.Pow(sizes[prediction, label] + 1, 1 - Evenness)).ToArray();
            for (var label = 0; label < classes; label++) prior[prediction, label] = (float)Math.Log(sampled[label] / sampled.Sum());
        }

        return prior;
    }
}
