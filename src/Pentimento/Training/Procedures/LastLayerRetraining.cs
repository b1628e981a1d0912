using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Deep feature reweighting: trains a network, then refits its last layer on held-out images, with equal weight for every group, a
/// class in one color.</summary>
/// <remarks>
/// Kirichenko, Izmailov and Wilson, 2023, "Last layer re-training is sufficient for robustness to spurious correlations", arXiv:2204.02937:
/// logistic regression with an L1 penalty on standardized features, its strength chosen on the other half of the held-out images. The authors
/// average fits on balanced subsets; with a hundred groups, most of them tiny, a subset would be a handful of images, so here all count, weighted
/// by one over their group's size.
/// </remarks>
/// <param name="Share">The share of the training images that is held out for the last layer; only their colors are read.</param>
/// <param name="Attribute">The attribute that makes groups together with the label: color, or another attribute of the images.</param>
internal sealed record LastLayerRetraining(
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Share = 0.2, string Attribute = ImageSet.Color) : Procedure
{
    /// <inheritdoc/>
    internal override Procedure For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.SomeColors | objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var (training, heldOut) = environments.HoldOut(Share, run.Seed.For("last layer"));
        foreach (var set in heldOut) set.AttributeOf(Attribute);
        var trained = new SingleStage().Train(architecture, options, training, log, run);
        var watch = Stopwatch.StartNew();
        Retrain(trained.Network, heldOut, run);
        return LastLayer.AddEpoch(trained, watch.Elapsed, options, log, run);
    }

    /// <summary>Refits the last layer with equal weight for every group.</summary>
    /// <param name="network">The network; its last layer changes.</param>
    /// <param name="heldOut">Images with the attribute that it did not learn from.</param>
    /// <param name="run">Decides the halves; reports progress.</param>
    /// <exception cref="BadInputException">The last layer is no linear map.</exception>
    internal void Retrain(Classifier network, IReadOnlyList<ImageSet> heldOut, RunContext run)
    {
        using var scope = NewDisposeScope();
        var features = cat([.. heldOut.Select(set => LastLayer.Features(network, set, run))]);
        long[] labels = [.. heldOut.SelectMany(set => set.Labels)];
        var groups = labels.Zip(heldOut.SelectMany(set => set.AttributeOf(Attribute))).ToList();
        var order = new SplitMix64(run.Seed.For("halves")).Shuffled(Enumerable.Range(0, labels.Length));
        var halves = (Fit: order[..(order.Length / 2)], Choose: order[(order.Length / 2)..]);
        Tensor FeaturesOf(int[] places) => features.index_select(0, tensor(places, int64));
        Tensor LabelsOf(int[] places) => tensor(Array.ConvertAll(places, place => labels[place]));
        Tensor WeightsOf(int[] places)
        {
            var sizes = places.CountBy(place => groups[place]).ToDictionary();
            return tensor(Array.ConvertAll(places, place => 1f / (sizes[groups[place]] * sizes.Count)));
        }

        var regression = new SparseRegression(network.Classes);
        var (chosen, weights) = (FeaturesOf(halves.Choose), WeightsOf(halves.Choose));
        var strength = SparseRegression.Strengths(halves.Fit.Length).MaxBy(candidate =>
        {
            using var inner = NewDisposeScope();
            var (weight, bias) = regression.Fit(FeaturesOf(halves.Fit), LabelsOf(halves.Fit), WeightsOf(halves.Fit), candidate);
            run.Report(new("retrain the last layer", 0, 1, $"penalty {candidate:0.#####}"));
            return (chosen.mm(weight.t()).add(bias).argmax(1).eq(LabelsOf(halves.Choose)).to_type(float32) * weights).sum().item<float>();
        });
        var best = regression.Fit(features, tensor(labels), WeightsOf([.. Enumerable.Range(0, labels.Length)]), strength);
        network.PutLast(best.Weight, best.Bias);
    }
}
