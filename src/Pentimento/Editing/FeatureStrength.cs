using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Activation statistics of every feature on a set; the seed report's test for colour sensitivity, when sets differ in colour
/// alone.</summary>
/// <param name="Data">The set.</param>
/// <param name="Active">[F] the share of images with the feature active at some place.</param>
/// <param name="Mean">[F] its mean activation, over images and places.</param>
/// <param name="Histograms">[F][bins] the histogram over images of the feature's largest activation in the map, in twentieths of its maximum on this
/// set.</param>
/// <param name="ByColor">[F][colour] its mean activation in each of <paramref name="Colors"/>; empty where colours are unknown.</param>
/// <param name="Colors">The palette indices that occur in the set, ascending.</param>
internal sealed record FeatureStrength(
    string Data, IReadOnlyList<double> Active, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<int>> Histograms,
    IReadOnlyList<IReadOnlyList<double>> ByColor, IReadOnlyList<long> Colors)
{
    private const int Bins = 20;

    /// <summary>Computes the statistics on a set.</summary>
    internal static FeatureStrength Of(Classifier network, Autoencoder autoencoder, string layer, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (sums, peaks) = (new List<Tensor>(), new List<Tensor>());
        CutActivations.ForEach(network, set, layer, run, (activations, _) =>
        {
            var features = autoencoder.Encode(CutActivations.Rows(activations)).view(activations.shape[0], -1, autoencoder.Features);
            sums.Add(features.mean([1]).cpu().MoveToOuterDisposeScope());
            peaks.Add(features.amax([1]).cpu().MoveToOuterDisposeScope());
        });
        var (means, strongest) = (cat(sums), cat(peaks));
        long[] colors = [.. set.Colors.Distinct().Order()];
        return new(
            set.Name,
            Doubles(strongest.ne(0).to_type(float64).mean([0])),
            Doubles(means.mean([0])),
            Counted(strongest),
            Colored(means, set.Colors, colors),
            colors);
    }

    private static int[][] Counted(Tensor strongest)
    {
        var top = strongest.amax([0]).clamp_min(1e-12);
        var bins = (strongest / top * Bins).floor().clamp(0, Bins - 1).to_type(int64);
        var counts = zeros(Bins, strongest.shape[1], int64).scatter_add(0, bins, ones_like(bins));
        return [.. counts.t().contiguous().data<long>().ToArray().Select(count => (int)count).Chunk(Bins)];
    }

    private static double[][] Colored(Tensor means, long[] imageColors, long[] colors)
    {
        if (colors.Length == 0) return [];
        var belongs = tensor(imageColors).unsqueeze(1).eq(tensor(colors).unsqueeze(0)).to_type(float32);
        return [.. Doubles(means.t().matmul(belongs) / belongs.sum([0])).Chunk(colors.Length)];
    }

    private static double[] Doubles(Tensor values) => values.to_type(float64).contiguous().data<double>().ToArray();
}
