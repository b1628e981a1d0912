using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>
/// Images whose label is perhaps a mistake: a network is as sure of another class as it is, in the mean, of the images that have that class's label.
/// </summary>
/// <remarks>
/// Northcutt, Jiang and Chuang, 2021, "Confident learning: estimating uncertainty in dataset labels", arXiv:1911.00068, eq. 1: the confident joint. A
/// network that follows a shortcut is surely wrong where the shortcut misleads, so an image is marked only where all networks name the same class.
/// </remarks>
internal static class LabelMistakes
{
    /// <summary>The class that all networks of a bench would give each image instead of its label; -1 where they would not.</summary>
    public static long[] Of(Workbench bench)
    {
        var each = bench.Networks.Select(network => network.SuspectLabels ??= Of(bench, network)).ToList();
        return [.. Enumerable.Range(0, bench.RequireImages().Count).Select(at => each.All(one => one[at] == each[0][at]) ? each[0][at] : -1)];
    }

    private static long[] Of(Workbench bench, LabNetwork network)
    {
        using var inference = no_grad();
        var set = bench.RequireImages();
        var shares = Predictor.Logits(network.Network, set, bench.Run).softmax(1).cpu();
        var (values, classes) = (shares.data<float>().ToArray(), (int)shares.shape[1]);
        return Of(values, set.Labels, classes);
    }

    /// <summary>The rule itself.</summary>
    /// <param name="shares">float32 (N, K), row-major, the probabilities.</param>
    /// <param name="labels">int64 (N), the labels.</param>
    /// <param name="classes">K.</param>
    internal static long[] Of(float[] shares, long[] labels, int classes)
    {
        var sure = Enumerable.Range(0, classes).Select(label => labels.Index().Where(one => one.Item == label)
            .Select(one => (double)shares[(one.Index * classes) + label]).DefaultIfEmpty(double.PositiveInfinity).Average()).ToArray();
        return [.. labels.Select((label, at) =>
        {
            var known = Enumerable.Range(0, classes).Where(one => shares[(at * classes) + one] >= sure[one]).ToList();
            var best = known.Count == 0 ? label : known.MaxBy(one => shares[(at * classes) + one]);
            return best == label ? -1 : best;
        })];
    }
}
