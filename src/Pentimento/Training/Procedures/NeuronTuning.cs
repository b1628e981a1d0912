using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using MathNet.Numerics.Distributions;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Neuron tuning: trains a network, sets the features to zero that are larger in images that it misclassifies than in those that it
/// classifies correctly, and refits its last layer on the others. No bias labels.</summary>
/// <remarks>
/// Zheng, Ye and Zhang, 2025, "NeuronTune: towards self-guided spurious bias mitigation" (ICML), arXiv:2505.24048. A feature's biasedness in a class
/// is its median over the misclassified images of the class less that over the correctly classified ones, on held-out images; it is zeroed if this is
/// above a threshold in any class. The authors retrain the last layer by gradient descent with classes sampled equally often; here it is the convex
/// fit of <c>last-layer-retraining</c> with every class of one weight. Where no image of a class is misclassified the class accuses no feature. The
/// paper's rule is <c>level=1</c>; with ten classes and few errors in each chance alone lifts most features above 0 in one of them, so by default a
/// median must be surely larger (Bonferroni, over classes and features).
/// </remarks>
/// <param name="Share">The share of the training images that is held out for it.</param>
/// <param name="Threshold">λ, the biasedness above which a feature is set to zero.</param>
/// <param name="Level">The largest probability with which chance may set any feature to zero; 1 for whatever chance does.</param>
internal sealed record NeuronTuning(
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Share = 0.2, [Range(0.0, 1e6)] double Threshold = 0,
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Level = 0.05) : Procedure
{
    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var (training, heldOut) = environments.HoldOut(Share, run.Seed.For("last layer"));
        var trained = new SingleStage().Train(architecture, options, training, log, run);
        var watch = Stopwatch.StartNew();
        Tune(trained.Network, new Environments(heldOut).Pooled(), run);
        return LastLayer.AddEpoch(trained, watch.Elapsed, options, log, run);
    }

    /// <summary>Sets features to zero and refits the last layer on the others.</summary>
    /// <param name="network">The network; its last layer changes.</param>
    /// <param name="set">Images that it did not learn from.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The last layer is no linear map, or no feature is left.</exception>
    public void Tune(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var features = LastLayer.Features(network, set, run);
        var correct = Predictions.Of(network, set, run).Correct;
        var deviations = Level < 1 ? Normal.InvCDF(0, 1, 1 - (Level / (network.Classes * features.shape[1]))) : 0;
        var kept = Biasedness(features, set.Labels, correct, network.Classes, deviations).le(Threshold).all(0).to_type(float32);
        Require.That(
            kept.sum().item<float>() > 0,
            $"Every feature is larger in images of {set.Name} that the network misclassifies; with none left nothing can be refitted.");
        var sizes = set.Labels.CountBy(label => label).ToDictionary();
        var shares = tensor(Array.ConvertAll(set.Labels, label => 1f / (sizes[label] * sizes.Count)));
        // A feature that is 0 in all images gets weight 0.
        var (weight, bias) = new SparseRegression(network.Classes).Fit(features * kept, set.LabelTensor(), shares, 1.0 / set.Count);
        network.PutLast(weight.to(run.Device.ToTorch()), bias.to(run.Device.ToTorch()));
    }

    /// <summary>The median of each feature over the misclassified images of each class less that over the others, and less so many of its standard
    /// errors, float32 (K, F); minus infinity where a class has no image of either kind.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="labels">(N), the classes.</param>
    /// <param name="correct">(N), whether each image is classified correctly.</param>
    /// <param name="classes">K.</param>
    /// <param name="standardErrors">How many.</param>
    internal static Tensor Biasedness(Tensor features, long[] labels, bool[] correct, int classes, double standardErrors)
    {
        using var scope = NewDisposeScope();
        var rows = Enumerable.Range(0, classes).Select(label =>
        {
            Tensor? Of(bool wanted)
            {
                int[] places = [.. Enumerable.Range(0, labels.Length).Where(at => labels[at] == label && correct[at] == wanted)];
                return places.Length == 0 ? null : features.index_select(0, tensor(places, int64));
            }

            return Of(false) is { } wrong && Of(true) is { } right
                ? quantile(wrong, 0.5f, 0) - quantile(right, 0.5f, 0) - (standardErrors * StandardError(wrong, right))
                : full(features.shape[1], float.NegativeInfinity);
        });
        return stack(rows).MoveToOuterDisposeScope();
    }

    /// <summary>The standard error of the difference of two medians of normal numbers of one variance: √(π/2) times that of their means.</summary>
    private static Tensor StandardError(Tensor one, Tensor other)
    {
        Tensor Squares(Tensor features) => (features - features.mean([0])).square().sum([0]);
        var variance = (Squares(one) + Squares(other)) / Math.Max(1, one.shape[0] + other.shape[0] - 2);
        return (Math.PI / 2 * variance * ((1.0 / one.shape[0]) + (1.0 / other.shape[0]))).sqrt();
    }
}
