using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>What removing more and more costs on one set and gains on another, by several ways to choose what is removed.</summary>
/// <param name="Own">The set that should not suffer.</param>
/// <param name="Other">The set that should gain.</param>
/// <param name="Lines">One for each way to choose.</param>
public sealed record CollateralCurve(string Own, string Other, IReadOnlyList<CurveLine> Lines)
{
    private const int Draws = 5;

    /// <summary>Measures the chosen features, and its rivals: random features, neurons chosen in the same way, and the differences of
    /// means.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Where features are.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="selected">The features, as they were ranked.</param>
    /// <param name="rivals">What the rivals may see: the same images as the selection.</param>
    /// <param name="sets">The set that should not suffer and the one that should gain.</param>
    /// <param name="target">float32 (F), what features are muted to.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    public static CollateralCurve Of(
        Classifier network,
        Autoencoder autoencoder,
        string layer,
        Selected selected,
        Baselines rivals,
        (ImageSet Own, ImageSet Other) sets,
        Tensor target,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (own, other) = (Cut.Store(network, sets.Own, layer, run), Cut.Store(network, sets.Other, layer, run));
        Func<Tensor, Tensor> Mute(Autoencoder where, IEnumerable<int> features, Tensor to) => FeatureEdit.Muting(where, features, to).call;
        var counts = Counts(selected.Ranked.Count);
        var random = Enumerable.Range(0, Draws).Select(draw => rivals.Random(draw)).ToList();
        var lines = new List<CurveLine>
        {
            Line("chosen features", counts, count => [Mute(autoencoder, selected.Ranked.Take(count), target)]),
            Line("random features", counts, count => [.. random.Select(order => Mute(autoencoder, order.Take(count), target))]),
            Line("chosen neurons", Counts(rivals.Neurons.Ranked.Count), count =>
                [Mute(rivals.Axes, rivals.Neurons.Ranked.Take(count), zeros(rivals.Axes.Features))]),
            Line("differences of means", Counts((int)rivals.Directions.shape[0]), count =>
                [count == 0 ? rows => rows.alias() : Projection.Of(rivals.Directions.slice(0, 0, count, 1), rivals.Origin).call]),
        };
        return new(sets.Own.Name, sets.Other.Name, lines);

        CurveLine Line(string method, IReadOnlyList<int> removed, Func<int, IReadOnlyList<Func<Tensor, Tensor>>> changes)
        {
            var points = new List<CurvePoint>();
            foreach (var count in removed)
            {
                using var inner = NewDisposeScope();
                // All draws are pooled into one share.
                var ways = changes(count);
                points.Add(new(count, Share(own, sets.Own, ways), Share(other, sets.Other, ways)));
                run.Report(new($"curve of {method}", points.Count, removed.Count));
            }

            return new(method, points);
        }

        Share Share(Tensor activations, ImageSet set, IReadOnlyList<Func<Tensor, Tensor>> ways)
        {
            var labels = set.LabelTensor().to(activations.device);
            return new(
                ways.Sum(way => Cut.Logits(network, layer, activations, way).argmax(1).eq(labels).sum().item<long>()),
                (long)set.Count * ways.Count);
        }
    }

    /// <summary>Every number up to 5, then fewer and fewer, and the last.</summary>
    private static List<int> Counts(int last) =>
        [.. Enumerable.Range(0, last + 1).Where(count => count <= 5 || count == last || (count < 20 && count % 3 == 0) || count % 10 == 0)];
}

/// <summary>What one way to choose does.</summary>
/// <param name="Method">The way.</param>
/// <param name="Points">By how much is removed.</param>
public sealed record CurveLine(string Method, IReadOnlyList<CurvePoint> Points);

/// <summary>Accuracy after so much has been removed.</summary>
/// <param name="Removed">Features, neurons or directions.</param>
/// <param name="Own">On the set that should not suffer.</param>
/// <param name="Other">On the set that should gain.</param>
public sealed record CurvePoint(int Removed, Share Own, Share Other);
