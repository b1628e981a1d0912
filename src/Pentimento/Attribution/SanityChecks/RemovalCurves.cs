using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Deletion and insertion curves: the probability of the class as the highest-ranked pixels of a map are removed, or as only they are
/// kept.</summary>
/// <remarks>
/// Petsiuk, Das and Saenko, 2018, arXiv:1806.07421, section 4, with removed pixels imputed as by Rong et al., 2022, arXiv:2202.00449, so that neither
/// black holes nor their outlines carry information.
/// </remarks>
/// <param name="Method">The attribution method.</param>
/// <param name="Levels">The shares of pixels removed, or kept.</param>
/// <param name="Deletion">The mean probability of the explained class when the highest-ranked pixels are removed.</param>
/// <param name="Insertion">The same when only these are kept.</param>
/// <param name="Gain">The mean of insertion minus deletion over all levels: 0 for an uninformative map, at most 1.</param>
/// <param name="Low">The lower end of its 95% normal interval over images.</param>
/// <param name="High">The upper end.</param>
public sealed record RemovalCurves(
    AttributionMethod Method,
    IReadOnlyList<double> Levels,
    IReadOnlyList<double> Deletion,
    IReadOnlyList<double> Insertion,
    double Gain,
    double Low,
    double High)
{
    private const int Steps = 9;

    /// <summary>Evaluates the network on imputed images, level by level.</summary>
    /// <param name="method">The method, for its name.</param>
    /// <param name="maps">float32 (N, h, w), signed.</param>
    /// <param name="network">The network.</param>
    /// <param name="set">The images.</param>
    /// <param name="targets">int64 (N), the classes explained.</param>
    /// <param name="run">Device, seed (which breaks ties and determines the noise of imputed pixels), progress and cancellation.</param>
    internal static RemovalCurves Of(AttributionMethod method, Tensor maps, Classifier network, ImageSet set, long[] targets, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (images, classes) = (Pixels.Slice(set.Tensor(), 0, set.Count), tensor(targets).unsqueeze(1));
        var ranks = RanksOf(AttributionMethod.Upsampled(maps, set.Shape), run.Seed.For("ties"));
        var (pixels, deleted, inserted) = (ranks.shape[1], new List<Tensor>(), new List<Tensor>());
        double[] levels = [.. Enumerable.Range(1, Steps).Select(step => step / (Steps + 1.0))];
        for (var at = 0; at < Steps; at++)
        {
            // Rank 0 is the strongest.
            var strongest = ranks.lt((long)Math.Round(levels[at] * pixels)).to_type(float32).view(-1, 1, set.Shape.Height, set.Shape.Width);
            deleted.Add(Probability(strongest, "deleted"));
            inserted.Add(Probability(1 - strongest, "inserted"));
            run.Report(new($"remove by {method.GetType().Name}", at + 1, Steps));
        }

        Tensor Probability(Tensor removed, string purpose)
        {
            using var inner = NewDisposeScope();
            var filled = Imputation.Fill(images, removed, run.Seed.For(purpose));
            return Predictor.Logits(network, filled, run.WithoutProgress()).softmax(1).gather(1, classes).squeeze(1).MoveToOuterDisposeScope();
        }

        var gains = stack(inserted).mean([0]) - stack(deleted).mean([0]);
        var (mean, margin) = (gains.mean().item<float>(), set.Count < 2 ? 0 : 1.96 * gains.std().item<float>() / Math.Sqrt(set.Count));
        return new(method, levels, Means(deleted), Means(inserted), mean, mean - margin, mean + margin);
    }

    /// <summary>The rank of every pixel, int64 (N, H·W), 0 for the largest value; ties in random order.</summary>
    private static Tensor RanksOf(Tensor maps, Seed seed)
    {
        using var generator = seed.On(CPU);
        var shuffle = randperm(maps.shape[1] * maps.shape[2], int64, CPU, generator: generator);
        var order = shuffle.index_select(0, maps.flatten(1).index_select(1, shuffle).argsort(1, descending: true).flatten()).view(maps.shape[0], -1);
        return order.argsort(1);
    }

    private static double[] Means(List<Tensor> probabilities) => [.. probabilities.Select(values => (double)values.mean().item<float>())];
}
