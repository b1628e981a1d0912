using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Accuracy on two sets as a function of the number of ablated features, for the selected features and the baselines.</summary>
/// <param name="Own">The set whose accuracy should not fall.</param>
/// <param name="Other">The set whose accuracy should rise.</param>
/// <param name="Lines">One curve for each method.</param>
internal sealed record CollateralCurve(string Own, string Other, IReadOnlyList<CurveLine> Lines)
{
    private const int Draws = 5;

    /// <summary>Evaluates the selected features and the baselines: random features, neurons selected in the same way, and the differences of
    /// means.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Defines the features.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="selected">The features, as they were ranked.</param>
    /// <param name="baselines">The baselines, fitted on the same images as the selection.</param>
    /// <param name="sets">The set whose accuracy should not fall and the one whose accuracy should rise.</param>
    /// <param name="target">float32 (F), the value of each feature when ablated.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    internal static CollateralCurve Of(
        Classifier network,
        Autoencoder autoencoder,
        string layer,
        SelectedUnits selected,
        Baselines baselines,
        (ImageSet Own, ImageSet Other) sets,
        Tensor target,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (own, other) = (CutActivations.Store(network, sets.Own, layer, run), CutActivations.Store(network, sets.Other, layer, run));
        Func<Tensor, Tensor> Ablate(Autoencoder dictionary, IEnumerable<int> features, Tensor to) =>
            FeatureEdit.Ablation(dictionary, features, to).call;
        var counts = Counts(selected.Ranked.Count);
        var random = Enumerable.Range(0, Draws).Select(draw => baselines.Random(draw)).ToList();
        var lines = new List<CurveLine>
        {
            Line("chosen features", counts, count => [Ablate(autoencoder, selected.Ranked.Take(count), target)]),
            Line("random features", counts, count => [.. random.Select(order => Ablate(autoencoder, order.Take(count), target))]),
            Line("chosen neurons", Counts(baselines.Neurons.Ranked.Count), count =>
                [Ablate(baselines.Axes, baselines.Neurons.Ranked.Take(count), zeros(baselines.Axes.Features))]),
            Line("differences of means", Counts((int)baselines.Directions.shape[0]), count =>
                [count == 0 ? rows => rows.alias() : Projection.Of(baselines.Directions.slice(0, 0, count, 1), baselines.Origin).call]),
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
                ways.Sum(way => CutActivations.Logits(network, layer, activations, way).argmax(1).eq(labels).sum().item<long>()),
                (long)set.Count * ways.Count);
        }
    }

    /// <summary>Every number up to 5, then fewer and fewer, and the last.</summary>
    private static List<int> Counts(int last) =>
        [.. Enumerable.Range(0, last + 1).Where(count => count <= 5 || count == last || (count < 20 && count % 3 == 0) || count % 10 == 0)];
}

/// <summary>The curve of one method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Points">The points, by the number removed.</param>
internal sealed record CurveLine(string Method, IReadOnlyList<CurvePoint> Points);

/// <summary>The accuracies with a number of features, neurons or directions removed.</summary>
/// <param name="Removed">The number removed.</param>
/// <param name="Own">On the set whose accuracy should not fall.</param>
/// <param name="Other">On the set that should gain.</param>
internal sealed record CurvePoint(int Removed, Share Own, Share Other);
