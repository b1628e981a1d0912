using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>Removes from the last layer the concepts that its weights align with although they are no part of what the classes show: found from the
/// weights, where no image need contradict a shortcut.</summary>
/// <remarks>
/// After Păduraru, Bărbălau, Filipescu, Nicolicioiu and Burceanu, 2026, "Bridging explainability and embeddings: BEE aware of spuriousness"
/// (ICLR), arXiv:2410.18970, and the code of its earlier version (WASP): a concept's score for a class is the product of the class's weights with
/// the concept's embedding of length 1, less the smallest of any class; a class's sorted scores, smoothed over five, are cut where they sag
/// furthest below the chord between the first and the last. They embed words by a vision-language model, begin with the classes' own words and
/// leave words out that a language model takes for the class. There is neither here, so a concept is a cue of images of one class, e.g. the color
/// of sevens, and its embedding the mean move of the features of other images that get it, less the mean over all classes (ours); cues that may
/// be what the class shows, such as parts of the image, are left out unless the user names one. They penalize the unlike products of weights and
/// found concepts; here such directions are projected out, as a heavy penalty would, and the last layer is refitted on what is left.
/// </remarks>
internal static class ConceptRemoval
{
    private const int MostImages = 5000;
    private const int MostSwaps = 600;
    private const int Window = 5;

    /// <summary>Finds concepts and refits the last layer without them.</summary>
    /// <exception cref="BadInputException">The last layer is no linear map, or no concept moves what it reads.</exception>
    public static void Apply(Classifier network, FineTuneTraining training, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (weight, _) = CueLastLayer.Last(network, training, run);
        using var still = no_grad();
        var set = training.Images;
        var embeddings = Embeddings(network, set, CuesOf(training), run);
        var chosen = Chosen(weight, embeddings);
        Require.That(chosen.Length > 0, $"The last layer's weights align with no cue of {set.Name}.");
        var basis = Basis(embeddings.index_select(0, tensor(chosen, int64)));
        var random = new SplitMix64(run.Seed.For("refit"));
        var some = set.Pick([.. random.Shuffled(Enumerable.Range(0, set.Count)).Take(MostImages)]);
        var features = LastLayer.Features(network, some, run);
        var left = features - features.mm(basis.t()).mm(basis);
        var share = full([some.Count], 1f / some.Count);
        var (fitted, bias) = new SparseRegression(network.Classes).Fit(left, some.LabelTensor(), share, 1.0 / some.Count);
        // W (f - f VᵀV) = (W - W VᵀV) f.
        var device = run.Device.ToTorch();
        network.PutLast((fitted - fitted.mm(basis.t()).mm(basis)).to(device), bias.to(device));
    }

    /// <summary>The concepts whose score lies above the cut of any class, by number.</summary>
    /// <param name="weight">float32 (K, F).</param>
    /// <param name="embeddings">float32 (C, F), of length 1.</param>
    internal static int[] Chosen(Tensor weight, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var products = weight.mm(embeddings.t());
        var scores = products - products.amin([0], keepdim: true);
        var (classes, count) = ((int)scores.shape[0], (int)scores.shape[1]);
        var values = scores.data<float>().ToArray();
        return
        [
            .. Enumerable.Range(0, classes).SelectMany(label =>
            {
                int[] order = [.. Enumerable.Range(0, count).OrderByDescending(at => values[(label * count) + at])];
                double[] sorted = [.. order.Select(at => (double)values[(label * count) + at]).TakeWhile(score => score > 0)];
                return order.Take(Cut(sorted));
            }).Distinct().Order(),
        ];
    }

    /// <summary>How many of a class's scores, in falling order, lie before the cut.</summary>
    internal static int Cut(double[] sorted)
    {
        if (sorted.Length == 0) return 0;
        if (sorted.Length <= Window) return Math.Min((Window / 2) + 1, sorted.Length);
        double[] smooth = [.. Enumerable.Range(0, sorted.Length - Window + 1).Select(at => sorted[at..(at + Window)].Average())];
        double Sag(int at) => smooth[0] + ((smooth[^1] - smooth[0]) * at / Math.Max(1, smooth.Length - 1)) - smooth[at];
        return Enumerable.Range(0, smooth.Length).MaxBy(Sag) + (Window / 2) + 1;
    }

    private static IReadOnlyList<Cue> CuesOf(FineTuneTraining training) => training.Cue is { } cue
        ? [cue]
        : [.. DefaultCues.For(training.Images).Where(one => one is not Cell && one.Kind is CueKind.Beside or CueKind.Appearance)];

    /// <summary>The embedding of each concept that surely moves features, float32 (C, F).</summary>
    private static Tensor Embeddings(Classifier network, ImageSet set, IReadOnlyList<Cue> cues, RunContext run)
    {
        var random = new SplitMix64(run.Seed.For("concepts"));
        int[] places = [.. random.Shuffled(Enumerable.Range(0, set.Count)).Take(MostSwaps)];
        int[] donors = [.. random.Shuffled(places)];
        long[] classes = Array.ConvertAll(donors, at => set.Labels[at]);
        var before = CueLastLayer.Features(network, set, places, null, [], run);
        var found = new List<Tensor>();
        for (var at = 0; at < cues.Count; at++)
        {
            var moves = CueLastLayer.Features(network, set, places, cues[at].FittedTo(set, run.Cancel), [donors], run) - before;
            found.AddRange(Directions(moves, classes));
            run.Report(new("read concepts", at + 1, cues.Count));
        }

        Require.That(found.Count > 0, $"No cue of {set.Name} moves what the last layer reads, beyond chance.");
        return nn.functional.normalize(stack(found), dim: 1);
    }

    /// <summary>The mean move by donors of each class less that by all, where it is larger than chance would have it.</summary>
    private static IEnumerable<Tensor> Directions(Tensor moves, long[] classes)
    {
        var all = moves.mean([0]);
        foreach (var label in classes.Distinct().Order())
        {
            var group = moves.index_select(0, tensor(Enumerable.Range(0, classes.Length).Where(at => classes[at] == label).ToArray(), int64));
            var mean = group.mean([0]);
            // Twice the squared length that a mean of so many moves has by chance alone.
            var noise = 2 * (group - mean).square().sum().item<float>() / ((double)group.shape[0] * Math.Max(1, group.shape[0] - 1));
            if (group.shape[0] > 1 && (mean - all).square().sum().item<float>() > noise) yield return mean - all;
        }
    }

    /// <summary>An orthonormal basis of what some directions span, float32 (R, F).</summary>
    private static Tensor Basis(Tensor directions)
    {
        var (_, sizes, right) = linalg.svd(directions, fullMatrices: false);
        var kept = (int)sizes.gt(1e-3 * sizes[0].item<float>()).sum().item<long>();
        return right.slice(0, 0, kept, 1);
    }
}
