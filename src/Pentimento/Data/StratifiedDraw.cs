namespace Pentimento.Data;

/// <summary>Some of many labelled images, drawn at random so that every class keeps its share: the same for everybody.</summary>
/// <remarks>Shares are rounded by the largest remainders, as scikit-learn's stratified splits do.</remarks>
internal static class StratifiedDraw
{
    /// <summary>The places drawn, in their order; a larger draw of the same seed holds a smaller one's classes' images.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="seed">Decides which.</param>
    public static int[] Of(IReadOnlyList<long> labels, int count, Seed seed)
    {
        var classes = Enumerable.Range(0, labels.Count).GroupBy(place => labels[place]).OrderBy(group => group.Key).ToList();
        var quotas = classes.ConvertAll(group => (long)count * group.Count());
        var taken = quotas.ConvertAll(quota => (int)(quota / Math.Max(1, labels.Count)));
        var left = count - taken.Sum();
        foreach (var at in Enumerable.Range(0, classes.Count).OrderByDescending(at => quotas[at] % Math.Max(1, labels.Count)).Take(left)) taken[at]++;
        return [.. classes.SelectMany((group, at) => new SplitMix64(seed.For(group.Key)).Shuffled(group).Take(taken[at])).Order()];
    }
}
