using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Greedy forward selection of the features whose ablation makes a network invariant to colour, by the causal gain on colour-shuffled
/// images and on the images as they are.</summary>
/// <remarks>
/// Selection uses training images and their labels, and copies of them in each other's colours (<see cref="ColorShuffle"/>): no colour
/// label, no reversed image
/// and no image of a test. With an attribute that cannot be painted the copies are a draw of the same images in which every group, a class with one
/// value, is met equally often (<see cref="Counterparts"/>). One half of the images ranks the features, the other decides how many are ablated.
/// Both are evaluated by the ramp loss, a hinge loss with margin 1 clipped at 4: an image that is lost anyway weighs no more.
/// </remarks>
internal sealed record GreedySelection
{
    private const int Reevaluated = 24;
    private const double LeastGain = 1e-6;
    private const double LargestCache = 2.5e8;

    /// <summary>The maximum number of features ablated.</summary>
    [Range(1, 100_000)]
    public int Most { get; init; } = 40;

    /// <summary>The number of images used, half of them for ranking.</summary>
    [Range(2, 10_000_000)]
    public int Images { get; init; } = 10_000;

    /// <summary>The accuracy that the images as they are may lose, a share of 1.</summary>
    [Range(0.0, 1.0)]
    public double OwnLoss { get; init; } = 0.01;

    /// <summary>The weight of an image as it is against one in another's colour.</summary>
    [Range(0.0, 1000.0)]
    public double OwnWeight { get; init; } = 1;

    /// <summary>The attribute that misleads, whose labels are used; null for colour, which needs none.</summary>
    public string? Attribute { get; init; }

    /// <summary>Ranks features and decides how many to ablate.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="autoencoder">Defines the features.</param>
    /// <param name="layer">The cut whose activations it encodes.</param>
    /// <param name="set">Training images in colour.</param>
    /// <param name="target">float32 (F), the value of each feature when ablated.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    public SelectedUnits Select(Classifier network, Autoencoder autoencoder, string layer, ImageSet set, Tensor target, RunContext run)
    {
        Require.That(
            set.Labels.All(label => label < network.Classes),
            $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var half = (int)Math.Min(Math.Min(Images, set.Count) / 2,
            LargestCache / (2.0 * CutActivations.Places(network, layer) * autoencoder.Features));
        Require.That(half > 0, $"{set.Name} holds {set.Count} image; selection needs two.");
        var ranking = Open(0);
        var deciding = Open(half);
        var (ranked, steps) = (new List<int>(), new List<UnitSelectionStep> { Step(deciding, null, 0) });
        var gains = Enumerable.Repeat(double.PositiveInfinity, (int)autoencoder.Features).ToArray();
        while (ranked.Count < Math.Min(Most, gains.Length))
        {
            var (best, gain) = Best(ranking, gains, ranked, run);
            if (gain < LeastGain) break;
            ranked.Add(best);
            foreach (var view in new[] { ranking, deciding }) view.Cache.Ablate(best);
            steps.Add(Step(deciding, best, gain));
            run.Report(
                new(
                    "select", ranked.Count, Most,
                    $"{(Attribute is null ? "colours shuffled" : "groups balanced")} {100 * steps[^1].Shuffled:0.0}%, "
                        + $"as they are {100 * steps[^1].Own:0.0}%"));
        }

        ranking.Cache.Dispose();
        deciding.Cache.Dispose();
        var allowed = steps[0].Own - OwnLoss;
        var chosen = Enumerable.Range(0, steps.Count).Where(at => steps[at].Own >= allowed).MaxBy(at => steps[at].Shuffled);
        return new([.. ranked.Take(chosen)], half, steps);

        View Open(int start)
        {
            var own = set.Pick([.. Enumerable.Range(start, half)]);
            var shuffled = Counterparts.Of(own, Attribute, run.Seed.For("shuffle").For(start));
            var activations = cat([CutActivations.Store(network, own, layer, run), CutActivations.Store(network, shuffled, layer, run)]);
            var labels = cat([tensor(own.Labels), tensor(shuffled.Labels)]).to(activations.device);
            return new(
                new(network, autoencoder, layer, activations, target),
                labels,
                cat([full(half, OwnWeight, float32), ones(half)]).to(activations.device) / half);
        }
    }

    /// <summary>The feature of the largest gain; only those whose last known gain is among the largest are evaluated again.</summary>
    private static (int Feature, double Gain) Best(View view, double[] gains, List<int> taken, RunContext run)
    {
        using var scope = NewDisposeScope();
        var losses = Ramp(view.Cache.Logits, view.Labels);
        var first = taken.Count == 0;
        var candidates = Enumerable
            .Range(0, gains.Length)
            .Where(feature => !taken.Contains(feature))
            .OrderByDescending(feature => gains[feature])
            .Take(first ? gains.Length : Reevaluated)
            .ToList();
        foreach (var feature in candidates)
        {
            using var inner = NewDisposeScope();
            gains[feature] = 0;
            if (view.Cache.Ablated(feature) is var (images, logits))
                gains[feature] = (
                    (losses.index_select(0, images) - Ramp(logits, view.Labels.index_select(0, images))) * view.Weights.index_select(0, images))
                    .sum()
                    .item<float>();
            if (first)
                run.Report(new("causal effects", feature + 1, gains.Length));
        }

        var best = candidates.MaxBy(feature => gains[feature]);
        return (best, gains[best]);
    }

    private static Tensor Ramp(Tensor logits, Tensor labels)
    {
        var own = logits.gather(1, labels.unsqueeze(1));
        var others = logits.scatter(1, labels.unsqueeze(1), full_like(own, float.NegativeInfinity)).amax([1]);
        return (1 + others - own.squeeze(1)).clamp(0, 4);
    }

    private static UnitSelectionStep Step(View view, int? feature, double gain)
    {
        using var scope = NewDisposeScope();
        var correct = view.Cache.Logits.argmax(1).eq(view.Labels).to_type(float64).view(2, -1).mean([1]).cpu().data<double>().ToArray();
        return new(feature, gain, correct[0], correct[1]);
    }

    /// <summary>Images as they are, then the same in other images' colours, with their activations cached.</summary>
    private readonly record struct View(AblationCache Cache, Tensor Labels, Tensor Weights);
}

/// <summary>The result of a selection.</summary>
/// <param name="Features">The features to ablate, the most useful first.</param>
/// <param name="Images">The number of images that ranked the features; as many others decided how many.</param>
/// <param name="Steps">The accuracies on the deciding images after each feature, the first entry before any.</param>
internal sealed record SelectedUnits(IReadOnlyList<int> Features, int Images, IReadOnlyList<UnitSelectionStep> Steps)
{
    /// <summary>All features that were ranked, the most useful first, chosen or not.</summary>
    public IReadOnlyList<int> Ranked => [.. Steps.Where(step => step.Feature is not null).Select(step => step.Feature!.Value)];
}

/// <summary>One step of a selection. Fractions are of 1.</summary>
/// <param name="Feature">The feature ablated last; null before the first.</param>
/// <param name="Gain">The decrease of the summed ramp losses on the ranking images.</param>
/// <param name="Own">Accuracy on deciding images as they are.</param>
/// <param name="Shuffled">Accuracy on deciding images in each other's colours.</param>
internal sealed record UnitSelectionStep(int? Feature, double Gain, double Own, double Shuffled);
