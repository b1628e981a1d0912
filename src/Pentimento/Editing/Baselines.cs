using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>What any repair by muting features must beat, found on the images that the selection saw.</summary>
public sealed class Baselines : IDisposable
{
    private readonly int[] alive;
    private readonly Seed seed;

    private Baselines(int[] alive, Seed seed, Autoencoder axes, Selected neurons, Tensor directions, Tensor origin)
    {
        (this.alive, this.seed, Axes, Neurons) = (alive, seed, axes, neurons);
        (Directions, Origin) = (directions.DetachFromDisposeScope(), origin.DetachFromDisposeScope());
    }

    /// <summary>A dictionary whose features are the neurons, or channels, themselves.</summary>
    public Autoencoder Axes { get; }

    /// <summary>Neurons chosen as features are.</summary>
    public Selected Neurons { get; }

    /// <summary>For each class the mean of its images less that of the same images in others' colours, float32 (K, C), the longest first.</summary>
    public Tensor Directions { get; }

    /// <summary>The mean of all rows, float32 (C).</summary>
    public Tensor Origin { get; }

    /// <summary>Finds them.</summary>
    public static Baselines Of(GreedySelection selection, Classifier network, Autoencoder autoencoder, string layer, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var seen = set.Take(selection.Images / 2);
        var own = Means(Cut.Store(network, seen, layer, run), seen.Labels, network.Classes);
        var shuffled = Means(Cut.Store(network, ColorShuffle.Of(seen, run.Seed.For("rivals")), layer, run), seen.Labels, network.Classes);
        var differences = own - shuffled;
        var rows = ActivationRows.Of(network, seen, layer, 1, run);
        var fires = autoencoder.Encode(rows.Values).ne(0).any(0).nonzero().squeeze(1).cpu().data<long>().Select(feature => (int)feature).ToArray();
        var origin = rows.Values.mean([0]);
        rows.Dispose();
        var axes = Autoencoder.OfAxes(autoencoder.Inputs).to(differences.device);
        var neurons = selection.Select(network, axes, layer, set, zeros(axes.Features, device: differences.device), run);
        // A class without images differs in nothing, and a direction must have a length.
        var lengths = differences.norm(1);
        var order = lengths.argsort(0, descending: true).slice(0, 0, lengths.gt(1e-6).sum().item<long>(), 1);
        return new(fires, run.Seed.For("random"), axes, neurons, differences.index_select(0, order), origin);
    }

    /// <summary>The features that are ever active, in random order.</summary>
    public int[] Random(int draw)
    {
        var dice = new SplitMix64(seed.For(draw));
        var order = alive.ToArray();
        for (var left = order.Length; left > 1; left--)
        {
            var chosen = dice.Below(left);
            (order[left - 1], order[chosen]) = (order[chosen], order[left - 1]);
        }

        return order;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Axes.Dispose();
        Directions.Dispose();
        Origin.Dispose();
    }

    private static Tensor Means(Tensor activations, long[] labels, int classes)
    {
        var rows = Cut.Rows(activations);
        var perImage = rows.view(activations.shape[0], -1, rows.shape[1]).mean([1]);
        var belongs = nn.functional.one_hot(tensor(labels).to(rows.device), classes).to_type(float32);
        return belongs.t().matmul(perImage) / belongs.sum([0]).clamp_min(1).unsqueeze(1);
    }
}
