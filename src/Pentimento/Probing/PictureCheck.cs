using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>What a drawn picture is worth: whether it says more of its channel than the real images do, and whether the network takes it
/// for one.</summary>
/// <remarks>Geirhos et al., 2024, "Don't trust your eyes: on the (un)reliability of feature visualizations", arXiv:2306.04719: pictures may
/// travel other ways through the network than images.</remarks>
/// <param name="Channel">The channel.</param>
/// <param name="Activation">What the picture reaches.</param>
/// <param name="BestReal">What the best real image reaches.</param>
/// <param name="Path">The rank correlation, over the channels of each layer on the way and averaged over layers, between the picture and
/// the channel's best real images.</param>
/// <param name="RealPath">The same between those images themselves: what a real image would get.</param>
public sealed record PictureCheck(int Channel, double Activation, double BestReal, double Path, double RealPath)
{
    /// <summary>Checks every picture of a goal against real images.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="goal">What the pictures were drawn for.</param>
    /// <param name="pictures">float32 (B, C, H, W), as drawn.</param>
    /// <param name="real">Images as the network knows them.</param>
    /// <param name="company">How many of a channel's best real images a picture is compared with.</param>
    /// <param name="run">Hears about progress.</param>
    public static IReadOnlyList<PictureCheck> Of(
        Classifier network,
        VisualizationTarget goal,
        Tensor pictures,
        ImageSet real,
        int company,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var answers = LayerReading.Of(network, real, goal.Layer, goal.Reduction, run);
        var best = goal.Channels.Select(channel => TopImages.Of(answers[channel], company)).ToArray();
        int[] shown = [.. best.SelectMany(places => places).Distinct().Order()];
        var rowOf = shown.Select((place, row) => (place, row)).ToDictionary(pair => pair.place, pair => pair.row);

        string[] way = [.. network.Cuts.TakeWhile(cut => cut != goal.Layer), goal.Layer];
        var images = Pixels.Slice(real.Pick(shown).Tensor(), 0, shown.Length).to(run.Device.ToTorch());
        var ofReal = way.Select(layer => Means(network, images, layer)).ToArray();
        var ofDrawn = way.Select(layer => Means(network, pictures, layer)).ToArray();
        var reached = goal.Of(network, pictures).cpu().data<float>().ToArray();
        return
        [
            .. Enumerable
                .Range(0, goal.Count)
                .Select(at =>
                {
                    var channel = at / goal.Copies;
                    var friends = Array.ConvertAll(best[channel], place => rowOf[place]);
                    var path = Enumerable
                        .Range(0, way.Length)
                        .Average(layer => friends.Average(friend => RankCorrelation.Of(ofDrawn[layer][at], ofReal[layer][friend])));
                    return new PictureCheck(goal.Channels[channel], reached[at], answers[goal.Channels[channel]].Max(), path, Among(ofReal, friends));
                }),
        ];
    }

    private static double Among(double[][][] ofReal, int[] friends)
    {
        var pairs = friends.SelectMany((first, at) => friends.Skip(at + 1).Select(second => (first, second))).ToList();
        return pairs.Count == 0 ? 1 : ofReal.Average(layer => pairs.Average(pair => RankCorrelation.Of(layer[pair.first], layer[pair.second])));
    }

    /// <summary>[image][channel]: each channel's mean over places.</summary>
    private static double[][] Means(Classifier network, Tensor images, string layer)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var means = MapReduction.Mean.Reduce(network.Head(images, layer)).cpu().to_type(float64).contiguous();
        return [.. means.data<double>().ToArray().Chunk((int)means.shape[1])];
    }
}
