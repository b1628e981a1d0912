using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>Samples batches of one environment's images without replacement; they are shuffled again after each pass.</summary>
internal sealed class BatchSampler : IDisposable
{
    private readonly ImageSet set;
    private readonly Tensor labels;
    private readonly Tensor? cumulativeShares;
    private readonly Seed seed;
    private readonly int count;
    private Tensor order;
    private int position;
    private int shuffles;

    /// <summary>Shuffles a set.</summary>
    /// <param name="set">The images.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="weights">The sampling weight of each image, relative to the others; null for each once a pass.</param>
    public BatchSampler(ImageSet set, Seed seed, double[]? weights = null)
    {
        cumulativeShares = weights is null ? null : CumulativeShares(weights);
        labels = set.LabelTensor().DetachFromDisposeScope();
        (this.set, this.seed, count) = (set, seed, set.Count);
        order = Shuffle();
    }

    /// <summary>Moves to the state after this many batches of one size from the start.</summary>
    public void Skip(int batches, int batchSize)
    {
        var size = Math.Min(batchSize, count);
        // A batch that does not fit the rest of a pass opens the next one.
        var perPass = count / size;
        shuffles = batches == 0 ? 0 : (batches - 1) / perPass;
        position = batches == 0 ? 0 : (((batches - 1) % perPass) + 1) * size;
        order.Dispose();
        order = Shuffle();
    }

    /// <summary>The next batch: images float32 (B, C, H, W), labels int64 (B) and indices int64 (B); fewer than asked for only where the set
    /// is smaller.</summary>
    public (Tensor Images, Tensor Labels, Tensor Places) Next(int batchSize)
    {
        using var scope = NewDisposeScope();
        var size = Math.Min(batchSize, count);
        if (position + size > count)
        {
            order.Dispose();
            order = Shuffle();
            position = 0;
        }

        var places = order.slice(0, position, position + size, 1);
        position += size;
        var next = set.Source.InMemory || position + size > count ? null : order.slice(0, position, position + size, 1);
        return (
            Pixels.Batch(set, places, next).MoveToOuterDisposeScope(),
            labels.index_select(0, places).MoveToOuterDisposeScope(),
            places.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        labels.Dispose();
        cumulativeShares?.Dispose();
        order.Dispose();
    }

    private Tensor Shuffle()
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For(shuffles++).On(CPU);
        var shuffled = randperm(count, int64, CPU, generator: generator);
        if (cumulativeShares is null) return shuffled.DetachFromDisposeScope();
        // Systematic sampling, evenly spaced points behind one random start: each image is met as often as its share says, or once more.
        var points = (arange(count, float64) + rand(1, float64, CPU, generator: generator)) / count;
        return searchsorted(cumulativeShares, points, right: true).clamp(max: count - 1).index_select(0, shuffled).DetachFromDisposeScope();
    }

    private static Tensor CumulativeShares(double[] weights)
    {
        using var scope = NewDisposeScope();
        var shares = tensor(weights);
        return (shares / shares.sum()).cumsum(0).DetachFromDisposeScope();
    }
}
