using Pentimento.Attribution;
using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Spectral relevance analysis: clusters of a class's attribution maps.</summary>
/// <remarks>
/// Lapuschkin et al., 2019, "Unmasking Clever Hans predictors and assessing what machines really learn", arXiv:1902.10178, with gradient times input
/// in the place of layer-wise relevance propagation.
/// </remarks>
internal static class StrategySearch
{
    /// <summary>Height and width of the maps that are compared.</summary>
    public const int Side = 14;

    private const int Grid = 4;
    private const int Batch = 250;
    private const int MostImages = 1000;
    private const int MostOfClass = 150;
    private const int FewestOfClass = 20;

    /// <summary>The classes that are recognised in several ways, the clearest first.</summary>
    public static IReadOnlyList<ClassStrategies> Of(Classifier network, ExaminedNetwork subject, RunContext run)
    {
        // Maps are gradients; without them there is nothing to group.
        if (!Differentiation.Reaches(network, subject.Images([0]).to(run.Device.ToTorch()))) return [];
        var random = new SplitMix64(run.Seed.For("strategies"));
        var groups = Enumerable.Range(0, subject.Predicted.Length).GroupBy(at => subject.Predicted[at])
            .Where(group => group.Count() >= FewestOfClass).OrderBy(group => group.Key).ToList();
        var most = Math.Clamp(MostImages / Math.Max(1, groups.Count), FewestOfClass, MostOfClass);
        return
        [
            .. groups.Take(MostImages / FewestOfClass)
                .Select(group => OfClass(network, subject, group.Key, [.. random.Shuffled(group).Take(most)], run))
                .OfType<ClassStrategies>().OrderByDescending(one => one.Gap).ThenBy(one => one.Predicted),
        ];
    }

    private static ClassStrategies? OfClass(Classifier network, ExaminedNetwork subject, long label, int[] places, RunContext run)
    {
        using var scope = NewDisposeScope();
        var maps = Maps(network, subject, places, run);
        if (SpectralClusters.Of(maps.sqrt(), run.Seed.For("clusters").For((int)label)) is not { } found) return null;
        var strategies = found.Groups.Select(members => OfGroup(subject, places, maps, members)).OrderByDescending(one => one.Accuracy.Count);
        return new(label, found.Gap, [.. strategies]);
    }

    private static Strategy OfGroup(ExaminedNetwork subject, int[] places, Tensor maps, int[] members)
    {
        using var scope = NewDisposeScope();
        var own = maps.index_select(0, tensor(members, int64));
        var mean = own.mean([0]);
        var distance = (own - mean).square().sum([1]).data<float>().ToArray();
        var cells = nn.functional.adaptive_avg_pool2d(mean.view(1, 1, Side, Side), [Grid, Grid]).flatten();
        var best = (int)cells.argmax().item<long>();
        return new(
            Share.Of([.. members.Select(at => subject.Correct(places[at]))]), new Cell(Grid, best / Grid, best % Grid),
            (cells[best] / cells.sum().clamp(min: 1e-9)).item<float>())
        {
            Map = mean.data<float>().ToArray(),
            Places = [.. members.Zip(distance).OrderBy(pair => pair.Second).Select(pair => places[pair.First])],
        };
    }

    /// <summary>The positive evidence of images for what they are predicted as, float32 (N, Side * Side), each adding up to 1.</summary>
    private static Tensor Maps(Classifier network, ExaminedNetwork subject, int[] places, RunContext run)
    {
        using var scope = NewDisposeScope();
        var method = new GradientTimesInput();
        var parts = new List<Tensor>();
        foreach (var chunk in places.Chunk(BatchSize.Of(network, Batch, run, copies: 3)))
        {
            using var inner = NewDisposeScope();
            var targets = tensor(Array.ConvertAll(chunk, place => subject.Predicted[place])).to(run.Device.ToTorch());
            var images = subject.Images(chunk).to(run.Device.ToTorch());
            var maps = method.Explain(network, images, targets, method.DefaultLayer(network), run.WithoutProgress());
            parts.Add(nn.functional.adaptive_avg_pool2d(maps.cpu().clamp(min: 0).unsqueeze(1), [Side, Side]).flatten(1).MoveToOuterDisposeScope());
            run.Report(new("explain predictions", chunk.Length, places.Length));
        }

        var all = cat(parts);
        return (all / all.sum([1], keepdim: true).clamp(min: 1e-12)).MoveToOuterDisposeScope();
    }
}
