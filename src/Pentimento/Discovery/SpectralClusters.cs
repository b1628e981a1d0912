using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Clusters of points by the eigenvectors of their graph of nearest neighbours, as many as the largest gap of eigenvalues says.</summary>
/// <remarks>Ng, Jordan and Weiss, 2002, "On spectral clustering: analysis and an algorithm"; the eigengap as in von Luxburg, 2007, "A tutorial on
/// spectral clustering".</remarks>
internal static class SpectralClusters
{
    private const int MostClusters = 8;
    private const int MostNeighbours = 10;
    private const int Iterations = 30;
    private const int Starts = 5;
    private const double Separate = 1 / 3.0;

    /// <summary>The clusters and the gap; null where the points are one cluster.</summary>
    /// <param name="points">float32 (N, D).</param>
    /// <param name="seed">Decides the starts.</param>
    public static (IReadOnlyList<int[]> Groups, double Gap)? Of(Tensor points, Seed seed)
    {
        using var scope = NewDisposeScope();
        var count = (int)points.shape[0];
        if (count < 4) return null;
        var neighbours = Math.Clamp(count / 5, 2, MostNeighbours);
        var near = cdist(points, points).topk(neighbours + 1, 1, largest: false).indexes;
        var graph = zeros(count, count).scatter_(1, near, ones(near.shape));
        // Nobody is a neighbour of oneself; where one of two counts the other, both do.
        graph = maximum(graph, graph.t()) * (1 - eye(count));
        var degree = graph.sum([1]).clamp(min: 1e-9).sqrt();
        var laplacian = eye(count) - (graph / degree.unsqueeze(1) / degree.unsqueeze(0));
        var (values, vectors) = linalg.eigh(laplacian);
        var sizes = values.data<float>().ToArray();
        var (clusters, gap) = Enumerable.Range(1, Math.Min(MostClusters, count - 1)).Select(at => (Count: at, Gap: (double)sizes[at] - sizes[at - 1]))
            .MaxBy(pair => pair.Gap);
        // Points without clusters have a largest gap, too, but no eigenvalue near 0 before it.
        if (clusters == 1 || sizes[clusters - 1] > Separate * sizes[clusters]) return null;
        var rows = vectors.slice(1, 0, clusters, 1);
        var member = Means(rows / rows.norm(1, keepdim: true).clamp(min: 1e-9), clusters, seed);
        int[][] groups = [.. Enumerable.Range(0, count).GroupBy(at => member[at]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        return groups.Length < 2 ? null : (groups, gap);
    }

    /// <summary>K-means from several starts, the best of them.</summary>
    /// <remarks>Lloyd, 1982; starts far apart as in Arthur and Vassilvitskii, 2007, "k-means++".</remarks>
    private static long[] Means(Tensor points, int clusters, Seed seed) => Enumerable.Range(0, Starts).Select(start =>
    {
        using var scope = NewDisposeScope();
        var random = new SplitMix64(seed.For(start));
        var middles = points.index_select(0, tensor((long[])[random.Below((int)points.shape[0])]));
        while (middles.shape[0] < clusters)
        {
            var distances = cdist(points, middles).amin([1]).square().data<float>().ToArray();
            middles = cat([middles, points.index_select(0, tensor((long[])[Drawn(distances, random.Uniform())]))]);
        }

        Tensor member = zeros(0);
        for (var step = 0; step < Iterations; step++)
        {
            member = cdist(points, middles).argmin(1);
            var own = nn.functional.one_hot(member, clusters).to_type(float32);
            middles = own.t().mm(points) / own.sum([0]).clamp(min: 1).unsqueeze(1);
        }

        return (Member: member.data<long>().ToArray(), Error: (points - middles.index_select(0, member)).square().sum().item<float>());
    }).MinBy(found => found.Error).Member;

    private static long Drawn(float[] weights, double at)
    {
        var left = at * weights.Sum(weight => (double)weight);
        for (var place = 0; place < weights.Length; place++)
        {
            left -= weights[place];
            if (left < 0) return place;
        }

        return weights.Length - 1;
    }
}
