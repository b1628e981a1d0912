using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>Takes a cue away from the last layer alone: what it reads stays as it is.</summary>
internal static class CueLastLayer
{
    private const int Batch = 250;
    private const int MostImages = 5000;
    private const int MostFeatures = 8192;

    /// <summary>Refits the last layer on what it reads of images whose cue comes from any other image, so that the cue says nothing.</summary>
    /// <remarks>Last-layer retraining as in Kirichenko, Izmailov and Wilson, 2023, arXiv:2204.02937, on counterfactual images instead of balanced
    /// groups.</remarks>
    /// <exception cref="BadInputException">The last layer is no linear map, or reads too many numbers.</exception>
    public static void Refit(Classifier network, FineTuneTraining training, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (_, after, labels, _) = Read(network, training, training.Cue!, run);
        var share = full([labels.Length], 1f / labels.Length);
        var (weight, bias) = new SparseRegression(network.Classes).Fit(after, tensor(labels), share, 1.0 / labels.Length);
        network.PutLast(weight.to(run.Device.ToTorch()), bias.to(run.Device.ToTorch()));
    }

    /// <summary>Projects out of what the last layer reads the directions in which it moves when an image gets the cue of each class: the mean
    /// differences between swapped and original images.</summary>
    /// <remarks>As concept activation vectors are projected out in Anders et al., 2022, "Finding and removing Clever Hans", arXiv:1912.11425; the
    /// projection is folded into the last layer's weights.</remarks>
    /// <exception cref="BadInputException">The last layer is no linear map, or the cue moves nothing that it reads.</exception>
    public static void Project(Classifier network, FineTuneTraining training, RunContext run)
    {
        // Each part has directions of its own; those in which all parts move together are too few.
        foreach (var part in training.Cue!.Parts) Project(network, training, part, run);
    }

    private static void Project(Classifier network, FineTuneTraining training, Cue cue, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = Last(network, training, run);
        using var still = no_grad();
        var (before, after, _, donors) = Read(network, training, cue, run);
        var basis = CueDirections.Of(after - before, donors)
            ?? throw new BadInputException("The cue moves nothing that the last layer reads, beyond chance.");
        // W (f - (f - m) VᵀV) + b, with the mean m of swapped images.
        var along = weight.mm(basis.t());
        var moved = bias + along.mm(basis.mm(after.mean([0]).unsqueeze(1))).squeeze(1);
        network.PutLast((weight - along.mm(basis)).to(run.Device.ToTorch()), moved.to(run.Device.ToTorch()));
    }

    /// <summary>The last layer's weight (K, F) and bias (K), on the CPU, read off its answers.</summary>
    internal static (Tensor Weight, Tensor Bias) Last(Classifier network, FineTuneTraining training, RunContext run)
    {
        var point = zeros_like(Open(network, training.Images, [0], run)).to(run.Device.ToTorch()).requires_grad_();
        var logits = network.Close(point);
        var rows = Enumerable.Range(0, network.Classes).Select(at =>
            Differentiation.Gradient(logits[0, at], point, keepGraph: true).squeeze(0).cpu());
        return (stack(rows), logits.detach().squeeze(0).cpu());
    }

    private static Tensor Open(Classifier network, ImageSet set, int[] places, RunContext run)
    {
        using var still = no_grad();
        using var chosen = tensor(places, int64);
        return network.Open(Pixels.Batch(set, chosen).to(run.Device.ToTorch())).Features;
    }

    /// <summary>What the last layer reads of images before and after they get the cue of any other, float32 (N, F) on the CPU, with their classes
    /// and those of the donors.</summary>
    private static (Tensor Before, Tensor After, long[] Labels, long[] Donors) Read(
        Classifier network, FineTuneTraining training, Cue cue, RunContext run)
    {
        var set = training.Images;
        var count = Open(network, set, [0], run).shape[1];
        Require.That(count <= MostFeatures, $"The last layer reads {count:N0} numbers; refitting it is for up to {MostFeatures:N0}.");
        var random = new SplitMix64(run.Seed.For("last layer"));
        int[] places = [.. random.Shuffled(Enumerable.Range(0, set.Count)).Take(MostImages)];
        int[][] donors = [.. cue.Parts.Select(_ => random.Shuffled(places).ToArray())];
        var (before, after) = (Features(network, set, places, null, [], run), Features(network, set, places, cue, donors, run));
        return (before, after, Array.ConvertAll(places, place => set.Labels[place]), Array.ConvertAll(donors[0], place => set.Labels[place]));
    }

    /// <summary>What the last layer reads of images with each part of the cue of donors of its own, float32 (N, F) on the CPU; as they are without a
    /// cue.</summary>
    internal static Tensor Features(Classifier network, ImageSet set, int[] places, Cue? cue, int[][] donors, RunContext run)
    {
        var parts = new List<Tensor>();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0; start < places.Length; start += size)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + size, places.Length);
            var images = Pixels.Batch(set, tensor(places[start..end], int64));
            var part = 0;
            if (cue is not null) images = Both.SwapApart(cue, images, () => Pixels.Batch(set, tensor(donors[part++][start..end], int64)));
            parts.Add(network.Open(images.to(run.Device.ToTorch())).Features.cpu().MoveToOuterDisposeScope());
            run.Report(new("read the last layer", end, places.Length));
        }

        return cat(parts);
    }
}
