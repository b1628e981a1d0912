using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>One environment's images, dealt in random order; when all are dealt they are shuffled again.</summary>
internal sealed class BatchSampler : IDisposable
{
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly Tensor? shares;
    private readonly Seed seed;
    private readonly int count;
    private Tensor order;
    private int dealt;
    private int shuffles;

    /// <summary>Shuffles a set.</summary>
    /// <param name="set">The images.</param>
    /// <param name="seed">Decides their order.</param>
    /// <param name="weights">How often each image is dealt in relation to the others; null for once each.</param>
    public BatchSampler(ImageSet set, Seed seed, double[]? weights = null)
    {
        shares = weights is null ? null : CumulativeShares(weights);
        (images, labels) = (set.Tensor().DetachFromDisposeScope(), set.LabelTensor().DetachFromDisposeScope());
        (this.seed, count) = (seed, set.Count);
        order = Shuffle();
    }

    /// <summary>Stands as if this many hands of one size had been dealt from the beginning.</summary>
    public void Skip(int hands, int wanted)
    {
        var size = Math.Min(wanted, count);
        // A hand that does not fit the rest of a pass opens the next one.
        var perPass = count / size;
        shuffles = hands == 0 ? 0 : (hands - 1) / perPass;
        dealt = hands == 0 ? 0 : (((hands - 1) % perPass) + 1) * size;
        order.Dispose();
        order = Shuffle();
    }

    /// <summary>The next images float32 (B, C, H, W), their labels int64 (B) and places int64 (B); fewer only where the deck is smaller
    /// than the wish.</summary>
    public (Tensor Images, Tensor Labels, Tensor Places) Deal(int wanted)
    {
        using var scope = NewDisposeScope();
        var size = Math.Min(wanted, count);
        if (dealt + size > count)
        {
            order.Dispose();
            order = Shuffle();
            dealt = 0;
        }

        var places = order.slice(0, dealt, dealt + size, 1);
        dealt += size;
        return (
            Pixels.Batch(images, places).MoveToOuterDisposeScope(),
            labels.index_select(0, places).MoveToOuterDisposeScope(),
            places.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        images.Dispose();
        labels.Dispose();
        shares?.Dispose();
        order.Dispose();
    }

    private Tensor Shuffle()
    {
        using var scope = NewDisposeScope();
        using var dice = seed.For(shuffles++).On(CPU);
        var shuffled = randperm(count, int64, CPU, generator: dice);
        if (shares is null) return shuffled.DetachFromDisposeScope();
        // Evenly spaced points behind one random start: each image is met as often as its share says, or once more.
        var points = (arange(count, float64) + rand(1, float64, CPU, generator: dice)) / count;
        return searchsorted(shares, points, right: true).clamp(max: count - 1).index_select(0, shuffled).DetachFromDisposeScope();
    }

    private static Tensor CumulativeShares(double[] weights)
    {
        using var scope = NewDisposeScope();
        var shares = tensor(weights);
        return (shares / shares.sum()).cumsum(0).DetachFromDisposeScope();
    }
}
