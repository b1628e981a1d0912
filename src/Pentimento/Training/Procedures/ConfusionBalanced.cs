using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Fine-grained class-conditional distribution balancing: trains a biased network, then samples images by the cells of its confusion matrix so that
/// class and biased prediction become independent, each with the frequencies that it has. No bias labels.
/// </summary>
/// <remarks>
/// Zhao and Zhang, 2026, "Fine-grained class-conditional distribution balancing for debiased learning" (FG-CCDB, ICLR), arXiv:2505.06831; after its
/// abstract and a summary, the paper's text was not at hand. An image of class y that the biased network predicts as b weighs P(y) P(b) / P(y, b):
/// within each class the predictions are then distributed as they are over all images. Where a class lacks a prediction its others share the class,
/// so that classes keep their frequencies (ours). <c>group-balanced</c> has equal cells instead.
/// </remarks>
internal sealed record ConfusionBalanced : TwoStages
{
    /// <summary>The published first stage: plain training on a tenth, then three times on the surer half.</summary>
    public ConfusionBalanced() => (Reference, Part, Rounds) = (new EmpiricalRisk(), 0.1, 3);

    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run)
    {
        var set = environments.Sets[0];
        return environments with { Weights = [Weights(set.Labels, Predictor.Classes(reference, set, run))] };
    }

    /// <summary>The sampling weight of each image, with mean 1 in each class.</summary>
    /// <param name="labels">(N), the classes.</param>
    /// <param name="predictions">(N), the biased network's.</param>
    internal static double[] Weights(long[] labels, long[] predictions)
    {
        var cells = labels.Zip(predictions).ToList();
        var (classes, answers) = (labels.CountBy(label => label).ToDictionary(), predictions.CountBy(one => one).ToDictionary());
        var sizes = cells.CountBy(cell => cell).ToDictionary();
        // Predictions that no image of a class got cannot be sampled; the others share the class among them.
        var reached = sizes.Keys.GroupBy(cell => cell.First, cell => (double)answers[cell.Second])
            .ToDictionary(group => group.Key, group => group.Sum());
        return [.. cells.Select(cell => answers[cell.Second] / reached[cell.First] * classes[cell.First] / sizes[cell])];
    }
}
