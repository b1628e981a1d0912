using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>A check of a feature visualization against real images: its activation, and the similarity of its path through the network to
/// theirs.</summary>
/// <remarks>Geirhos et al., 2024, "Don't trust your eyes: on the (un)reliability of feature visualizations", arXiv:2306.04719: pictures may
/// take other paths through the network than images.</remarks>
/// <param name="Channel">The channel.</param>
/// <param name="Activation">The activation of the picture.</param>
/// <param name="BestReal">The highest activation of a real image.</param>
/// <param name="Path">Path similarity: the rank correlation, over the channels of each layer up to this one and averaged over layers, between
/// the picture and the channel's strongest real images.</param>
/// <param name="RealPath">The path similarity between those images themselves, for comparison.</param>
internal sealed record PictureCheck(int Channel, double Activation, double BestReal, double Path, double RealPath)
{
    private const int Batch = 250;

    /// <summary>Checks every picture of a target against real images.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="target">The channels that the pictures were drawn for.</param>
    /// <param name="pictures">float32 (B, C, H, W), as drawn.</param>
    /// <param name="real">Real images, of the training distribution.</param>
    /// <param name="compared">Number of a channel's strongest real images with which a picture is compared.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static IReadOnlyList<PictureCheck> Of(
        Classifier network,
        VisualizationTarget target,
        Tensor pictures,
        ImageSet real,
        int compared,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = PooledActivations.Of(network, real, target.Layer, target.Reduction, run);
        var best = target.Channels.Select(channel => TopImages.Of(activations[channel], compared)).ToArray();
        int[] shown = [.. best.SelectMany(places => places).Distinct().Order()];
        var rowOf = shown.Select((place, row) => (place, row)).ToDictionary(pair => pair.place, pair => pair.row);

        string[] layers = [.. network.Cuts.TakeWhile(cut => cut != target.Layer), target.Layer];
        var size = BatchSize.Of(network, Batch, run);
        var ofReal = Means(network, Batches(real.Pick(shown), size, run), layers);
        var drawn = pictures.split(size);
        var ofDrawn = Means(network, drawn, layers);
        var reached = target.Of(network, drawn).cpu().data<float>().ToArray();
        return
        [
            .. Enumerable
                .Range(0, target.Count)
                .Select(at =>
                {
                    var channel = at / target.Copies;
                    var references = Array.ConvertAll(best[channel], place => rowOf[place]);
                    var path = Enumerable
                        .Range(0, layers.Length)
                        .Average(layer => references.Average(reference => RankCorrelation.Of(ofDrawn[layer][at], ofReal[layer][reference])));
                    var bestReal = activations[target.Channels[channel]].Max();
                    return new PictureCheck(target.Channels[channel], reached[at], bestReal, path, Among(ofReal, references));
                }),
        ];
    }

    private static double Among(double[][][] ofReal, int[] references)
    {
        var pairs = references.SelectMany((first, at) => references.Skip(at + 1).Select(second => (first, second))).ToList();
        return pairs.Count == 0 ? 1 : ofReal.Average(layer => pairs.Average(pair => RankCorrelation.Of(layer[pair.first], layer[pair.second])));
    }

    private static IEnumerable<Tensor> Batches(ImageSet set, int size, RunContext run)
    {
        for (var start = 0; start < set.Count; start += size) yield return Pixels.Slice(set, start, size).to(run.Device.ToTorch());
    }

    /// <summary>[layer][image][channel]: each channel's mean over positions, of all layers in one pass.</summary>
    private static double[][][] Means(Classifier network, IEnumerable<Tensor> batches, string[] layers)
    {
        var means = Array.ConvertAll(layers, _ => new List<double[]>());
        foreach (var images in batches)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var activations = network.Heads(images, layers);
            for (var layer = 0; layer < layers.Length; layer++)
            {
                var some = MapReduction.Mean.Reduce(activations[layer]).cpu().to_type(float64).contiguous();
                means[layer].AddRange(some.data<double>().ToArray().Chunk((int)some.shape[1]));
            }
        }

        return Array.ConvertAll(means, layer => layer.ToArray());
    }
}
