using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Finds the features whose muting frees a network from colour: greedily, by the causal gain on colour-shuffled images and on the
/// images as they are.</summary>
/// <remarks>
/// Selection sees training images and their digits, and copies of them in each other's colours (<see cref="ColorShuffle"/>): no colour
/// label, no reversed image
/// and no image of a test. One half of the images ranks the features, the other decides how many are muted. Each is judged by the ramp
/// loss, the lead that the
/// right logit lacks to a margin of 1, cut at 4: an image that is lost anyway weighs no more.
/// </remarks>
public sealed record GreedySelection
{
    private const int Fresh = 24;
    private const double LeastGain = 1e-6;
    private const double MostMemory = 2.5e8;

    /// <summary>How many features are muted at most.</summary>
    [Range(1, 100_000)]
    public int Most { get; init; } = 40;

    /// <summary>How many images are seen, half of them for ranking.</summary>
    [Range(2, 10_000_000)]
    public int Images { get; init; } = 10_000;

    /// <summary>How much accuracy the images as they are may lose, a share of 1.</summary>
    [Range(0.0, 1.0)]
    public double OwnLoss { get; init; } = 0.01;

    /// <summary>How much an image as it is weighs against one in another's colour.</summary>
    [Range(0.0, 1000.0)]
    public double OwnWeight { get; init; } = 1;

    /// <summary>Ranks features and decides how many to mute.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="autoencoder">What can be muted.</param>
    /// <param name="layer">The cut that it takes apart.</param>
    /// <param name="set">Training images in colour.</param>
    /// <param name="target">float32 (F), what features are muted to.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    public Selected Select(Classifier network, Autoencoder autoencoder, string layer, ImageSet set, Tensor target, RunContext run)
    {
        Require.That(
            set.Labels.All(label => label < network.Classes),
            $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var half = (int)Math.Min(Math.Min(Images, set.Count) / 2, MostMemory / (2.0 * Cut.Places(network, layer) * autoencoder.Features));
        Require.That(half > 0, $"{set.Name} holds {set.Count} image; selection needs two.");
        var ranking = Open(0);
        var deciding = Open(half);
        var (ranked, steps) = (new List<int>(), new List<SelectionStep> { Step(deciding, null, 0) });
        var gains = Enumerable.Repeat(double.PositiveInfinity, (int)autoencoder.Features).ToArray();
        while (ranked.Count < Math.Min(Most, gains.Length))
        {
            var (best, gain) = Best(ranking, gains, ranked, run);
            if (gain < LeastGain) break;
            ranked.Add(best);
            foreach (var view in new[] { ranking, deciding }) view.Table.Mute(best);
            steps.Add(Step(deciding, best, gain));
            run.Report(
                new("select", ranked.Count, Most, $"colours shuffled {100 * steps[^1].Shuffled:0.0}%, as they are {100 * steps[^1].Own:0.0}%"));
        }

        ranking.Table.Dispose();
        deciding.Table.Dispose();
        var allowed = steps[0].Own - OwnLoss;
        var chosen = Enumerable.Range(0, steps.Count).Where(at => steps[at].Own >= allowed).MaxBy(at => steps[at].Shuffled);
        return new([.. ranked.Take(chosen)], half, steps);

        View Open(int start)
        {
            var own = set.Pick([.. Enumerable.Range(start, half)]);
            var shuffled = ColorShuffle.Of(own, run.Seed.For("shuffle").For(start));
            var activations = cat([Cut.Store(network, own, layer, run), Cut.Store(network, shuffled, layer, run)]);
            var labels = tensor(own.Labels).repeat(2).to(activations.device);
            return new(
                new(network, autoencoder, layer, activations, target),
                labels,
                cat([full(half, OwnWeight, float32), ones(half)]).to(activations.device) / half);
        }
    }

    /// <summary>The feature that gains most; gains that were small before are believed to be small still.</summary>
    private static (int Feature, double Gain) Best(View view, double[] gains, List<int> taken, RunContext run)
    {
        using var scope = NewDisposeScope();
        var losses = Ramp(view.Table.Logits, view.Labels);
        var first = taken.Count == 0;
        var candidates = Enumerable
            .Range(0, gains.Length)
            .Where(feature => !taken.Contains(feature))
            .OrderByDescending(feature => gains[feature])
            .Take(first ? gains.Length : Fresh)
            .ToList();
        foreach (var feature in candidates)
        {
            using var inner = NewDisposeScope();
            gains[feature] = 0;
            if (view.Table.Without(feature) is var (images, logits))
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

    private static SelectionStep Step(View view, int? feature, double gain)
    {
        using var scope = NewDisposeScope();
        var right = view.Table.Logits.argmax(1).eq(view.Labels).to_type(float64).view(2, -1).mean([1]).data<double>().ToArray();
        return new(feature, gain, right[0], right[1]);
    }

    /// <summary>Images as they are, then the same in others' colours, opened.</summary>
    private readonly record struct View(AblationCache Table, Tensor Labels, Tensor Weights);
}

/// <summary>What a selection chose.</summary>
/// <param name="Features">The features to mute, the most useful first.</param>
/// <param name="Images">The images that ranked the features; as many others decided how many.</param>
/// <param name="Steps">What the deciding images said after each feature, the first entry before any.</param>
public sealed record Selected(IReadOnlyList<int> Features, int Images, IReadOnlyList<SelectionStep> Steps)
{
    /// <summary>All features that were ranked, the most useful first, chosen or not.</summary>
    public IReadOnlyList<int> Ranked => [.. Steps.Where(step => step.Feature is not null).Select(step => step.Feature!.Value)];
}

/// <summary>One step of a selection. Fractions are of 1.</summary>
/// <param name="Feature">The feature muted last; null before the first.</param>
/// <param name="Gain">What its muting gained on the ranking images: the fall of the summed ramp losses.</param>
/// <param name="Own">Accuracy on deciding images as they are.</param>
/// <param name="Shuffled">Accuracy on deciding images in each other's colours.</param>
public sealed record SelectionStep(int? Feature, double Gain, double Own, double Shuffled);
