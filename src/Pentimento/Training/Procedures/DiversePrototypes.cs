using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Pentimento.Data;
using Pentimento.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Diverse prototypical ensembles: trains a network, then replaces its last layer by several classifiers by distance to a prototype of each
/// class, each fitted on another balanced subset of held-out images and kept unlike the ones before.</summary>
/// <remarks>
/// To, Wilson, Nguyen, Harmanani, Cooper, Fooladgar, Abolmaesumi, Mousavi and Krishnan, 2025, "Diverse prototypical ensembles improve
/// robustness to subpopulation shift" (ICML), arXiv:2505.23027, with the authors' settings: the IsoMax+ loss of Macêdo and Ludermir, 2021,
/// arXiv:2105.14399, with an entropic scale of 30, and for each class the mean absolute product with the prototypes before as the similarity
/// loss, its weight falling from one classifier to the next. Ours: the similarity weight counts products themselves, where the authors divide by
/// the number of features (1e5 of 2048); the last epoch is kept instead of that with the best worst group; where a group has fewer than 20 images
/// a subset repeats them. So that the network keeps its form the ensemble is folded into one linear layer, the sum of the classifiers' cosines in
/// place of their mean probability: with the authors' temperature of 1 the two rank classes nearly alike.
/// </remarks>
/// <param name="Heads">Number of classifiers.</param>
/// <param name="Similarity">The weight of the inter-prototype similarity loss.</param>
/// <param name="HeadEpochs">Number of epochs of each classifier.</param>
/// <param name="Share">The share of the training images that is held out for the classifiers.</param>
/// <param name="Balance">What is equally frequent in a subset.</param>
/// <param name="Attribute">The attribute that makes groups together with the label.</param>
internal sealed record DiversePrototypes(
    [Range(1, 1000)] int Heads = 15, [Range(0.0, 1e6)] double Similarity = 50, [Range(1, 100_000)] int HeadEpochs = 20,
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Share = 0.2, SubsetBalance Balance = SubsetBalance.Classes,
    string Attribute = ImageSet.Color) : Procedure
{
    private const double Rate = 1e-3;
    private const double Momentum = 0.9;
    private const double Shrinkage = 10;
    private const double FirstDeviation = 0.01;
    private const double Falling = 0.05;
    private const int Batch = 256;
    private const int Fewest = 20;

    /// <inheritdoc/>
    internal override Procedure For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) =>
        objective.RequiredSupervision | (Balance == SubsetBalance.Groups ? Supervision.SomeColors : Supervision.Nothing);

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var (training, heldOut) = environments.HoldOut(Share, run.Seed.For("last layer"));
        var held = new Environments(heldOut).Pooled();
        if (Balance == SubsetBalance.Groups) held.AttributeOf(Attribute);
        var trained = new SingleStage().Train(architecture, options, training, log, run);
        var watch = Stopwatch.StartNew();
        Replace(trained.Network, held, run);
        return LastLayer.AddEpoch(trained, watch.Elapsed, options, log, run);
    }

    /// <summary>Fits the classifiers and folds them into the last layer.</summary>
    /// <param name="network">The network; its last layer changes.</param>
    /// <param name="set">Images that it did not learn from.</param>
    /// <param name="run">Decides the subsets; reports progress.</param>
    /// <exception cref="BadInputException">The last layer is no linear map.</exception>
    public void Replace(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        var features = LastLayer.Features(network, set, run);
        (long, long)[] groups = Balance == SubsetBalance.Groups
            ? [.. set.Labels.Zip(set.AttributeOf(Attribute))]
            : Array.ConvertAll(set.Labels, label => (label, 0L));
        var ensemble = Fit(features, set.Labels, groups, network.Classes, run);
        using var still = no_grad();
        var device = run.Device.ToTorch();
        network.PutLast(ensemble.Folded(features).to(device), zeros(network.Classes, float32, device));
    }

    /// <summary>Fits the classifiers one after another; they belong to the caller's scope.</summary>
    /// <param name="features">float32 (N, F), on the CPU.</param>
    /// <param name="labels">(N), the classes.</param>
    /// <param name="groups">(N), what is equally frequent in a subset.</param>
    /// <param name="classes">K.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    internal PrototypeEnsemble Fit(Tensor features, long[] labels, (long, long)[] groups, int classes, RunContext run)
    {
        var directions = PrototypeEnsemble.Directions(features).detach();
        var (prototypes, scales) = (new List<Tensor>(), new List<Tensor>());
        for (var head = 0; head < Heads; head++)
        {
            var seed = run.Seed.For("prototypes").For(head);
            var places = Subset(groups, seed);
            using var inner = NewDisposeScope();
            var earlier = prototypes.Count == 0 ? null : stack(prototypes, 1);
            var weight = Similarity / (1 + (Falling * Math.Max(0, head - 1)));
            var (prototype, scale) = One(directions, labels, places, classes, earlier, weight, seed);
            prototypes.Add(prototype.MoveToOuterDisposeScope());
            scales.Add(scale.MoveToOuterDisposeScope());
            run.Report(new("fit prototypes", head + 1, Heads));
        }

        return new(stack(prototypes), cat(scales));
    }

    /// <summary>As many images of each group as the smallest has; of one with fewer than 20 some more often than once.</summary>
    internal static int[] Subset((long, long)[] groups, Seed seed)
    {
        var random = new SplitMix64(seed.For("subset"));
        var byGroup = Enumerable.Range(0, groups.Length).GroupBy(at => groups[at]).OrderBy(group => group.Key)
            .Select(group => group.ToArray()).ToList();
        var count = Math.Max(Fewest, byGroup.Min(group => group.Length));
        return
        [
            .. byGroup.SelectMany(group => group.Length >= count
                ? random.Shuffled(group).Take(count)
                : Enumerable.Range(0, count).Select(_ => group[random.Below(group.Length)])),
        ];
    }

    private (Tensor Prototypes, Tensor Scale) One(
        Tensor directions, long[] labels, int[] places, int classes, Tensor? earlier, double weight, Seed seed)
    {
        using var generator = seed.For("begin").On(CPU);
        Parameter prototypes = new(randn(classes, directions.shape[1], float32, CPU, generator: generator) * FirstDeviation), scale = new(ones(1));
        using var optimizer = new Sgd(Rate, Momentum).Begin([prototypes, scale]);
        var random = new SplitMix64(seed.For("order"));
        for (var epoch = 0; epoch < HeadEpochs; epoch++)
        {
            foreach (var batch in random.Shuffled(places).Chunk(Batch).Where(batch => batch.Length == Math.Min(Batch, places.Length)))
            {
                using var inner = NewDisposeScope();
                optimizer.ZeroGradients();
                var distances = PrototypeEnsemble.Distances(directions.index_select(0, tensor(batch, int64)), prototypes);
                var risk = nn.functional.cross_entropy(
                    -PrototypeEnsemble.Entropic * scale.abs() * distances, tensor(Array.ConvertAll(batch, at => labels[at])));
                var loss = risk + (Shrinkage * prototypes.square().sum(1).mean());
                if (earlier is not null) loss += weight * MeanProduct(prototypes, earlier);
                loss.backward();
                optimizer.Step();
            }
        }

        return (prototypes.detach().clone(), scale.detach().abs());
    }

    /// <summary>The mean over classes of the sum of absolute products with earlier prototypes, divided by how many there are with the new.</summary>
    /// <param name="prototypes">float32 (K, F).</param>
    /// <param name="earlier">float32 (K, H, F).</param>
    internal static Tensor MeanProduct(Tensor prototypes, Tensor earlier) =>
        earlier.matmul(prototypes.unsqueeze(2)).abs().sum(1).mean() / (earlier.shape[1] + 1);
}

/// <summary>What is equally frequent in a subset.</summary>
internal enum SubsetBalance
{
    /// <summary>Classes.</summary>
    Classes,

    /// <summary>Groups: a class with one value of an attribute.</summary>
    Groups,
}
