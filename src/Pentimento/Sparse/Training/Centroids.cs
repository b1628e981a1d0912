using static TorchSharp.torch;

namespace Pentimento.Sparse.Training;

/// <summary>Spherical k-means: cluster centres of the directions of rows, seen from their mean.</summary>
/// <remarks>
/// Dhillon and Modha, 2001, "Concept decompositions for large sparse text data using clustering": spherical k-means. The first directions are
/// rows, drawn one after another in proportion to their distance 1 - cos from those drawn before (Arthur and Vassilvitskii, 2007, "k-means++").
/// </remarks>
internal static class Centroids
{
    private const long Drawn = 16_384;
    private const long LargestSample = 65_536;
    private const int Rounds = 20;

    // sin² of the widest angle is 0.04: a relaxation of 0.2 beside a direction of length 1.
    private const double Nearest = 0.98;

    /// <summary>Directions of length 1, float32 (F, C), of rows float32 (N, C) around a centre (C).</summary>
    public static Tensor Of(Tensor rows, Tensor centre, long count, Seed seed)
    {
        using var scope = NewDisposeScope();
        // Every so many rows, so that all parts of the set are represented.
        var every = 1 + ((rows.shape[0] - 1) / LargestSample);
        var units = Units(rows.slice(0, 0, rows.shape[0], every) - centre);
        var centroids = Rows(units.slice(0, 0, Math.Min(Drawn, units.shape[0]), 1), count, seed);
        for (var round = 0; round < Rounds; round++) centroids = Moved(units, centroids);
        return centroids.MoveToOuterDisposeScope();
    }

    /// <summary>One round: each centroid becomes the mean direction of its rows; one without rows stays.</summary>
    public static Tensor Moved(Tensor units, Tensor centroids)
    {
        using var scope = NewDisposeScope();
        var sums = zeros_like(centroids).index_add_(0, units.matmul(centroids.t()).argmax(1), units, 1);
        return where(sums.norm(1, keepdim: true).gt(1e-8), Units(sums), centroids).MoveToOuterDisposeScope();
    }

    /// <summary>Projects directions onto a cone around their centroids.</summary>
    /// <param name="directions">float32 (F, C), of length 1, changed in place.</param>
    /// <param name="centroids">float32 (F, C), of length 1.</param>
    public static void Constrain(Tensor directions, Tensor centroids)
    {
        using var scope = NewDisposeScope();
        var along = (directions * centroids).sum(1, keepdim: true);
        var turned = (Nearest * centroids) + (Math.Sqrt(1 - (Nearest * Nearest)) * Units(directions - (along * centroids)));
        directions.copy_(where(along.lt(Nearest), turned, directions));
    }

    private static Tensor Rows(Tensor units, long count, Seed seed)
    {
        using var generator = seed.On(CPU);
        var places = new List<long> { randint(units.shape[0], [1], int64, CPU, generator: generator).item<long>() };
        var distance = 1 - units.matmul(units[places[0]]);
        while (places.Count < count)
        {
            // A small probability for every row: there may be fewer different rows than centroids.
            using var inner = NewDisposeScope();
            places.Add(multinomial(distance.clamp_min(1e-8).cpu(), 1, generator: generator).item<long>());
            distance.copy_(minimum(distance, 1 - units.matmul(units[places[^1]])));
        }

        return units.index_select(0, tensor(places.ToArray(), device: units.device));
    }

    private static Tensor Units(Tensor rows) => rows / rows.norm(1, keepdim: true).clamp_min(1e-8);
}
