using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>One environment's images, dealt in random order; when all are dealt they are shuffled again.</summary>
internal sealed class Deck : IDisposable
{
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly Seed seed;
    private readonly int count;
    private Tensor order;
    private int dealt;
    private int shuffles;

    public Deck(ImageSet set, Seed seed)
    {
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

    /// <summary>The next images float32 (B, C, H, W) and labels int64 (B); fewer only where the deck is smaller than the wish.</summary>
    public (Tensor Images, Tensor Labels) Deal(int wanted)
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
        return (Pixels.Batch(images, places).MoveToOuterDisposeScope(), labels.index_select(0, places).MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        images.Dispose();
        labels.Dispose();
        order.Dispose();
    }

    private Tensor Shuffle()
    {
        using var dice = seed.For(shuffles++).On(CPU);
        return randperm(count, int64, CPU, generator: dice).DetachFromDisposeScope();
    }
}
