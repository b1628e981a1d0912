using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Baselines of feature ablation: random features, selected neurons and differences of class means, fitted on the selection's
/// images.</summary>
internal sealed class Baselines : IDisposable
{
    private readonly int[] alive;
    private readonly Seed seed;

    private Baselines(int[] alive, Seed seed, Autoencoder axes, SelectedUnits neurons, Tensor directions, Tensor origin)
    {
        (this.alive, this.seed, Axes, Neurons) = (alive, seed, axes, neurons);
        (Directions, Origin) = (directions.DetachFromDisposeScope(), origin.DetachFromDisposeScope());
    }

    /// <summary>The neuron basis: a dictionary whose features are the neurons, or channels.</summary>
    public Autoencoder Axes { get; }

    /// <summary>The neurons selected in the same way as features.</summary>
    public SelectedUnits Neurons { get; }

    /// <summary>For each class the mean of its images less that of the same images in other images' colours, float32 (K, C), the largest
    /// first.</summary>
    public Tensor Directions { get; }

    /// <summary>The mean of all rows, float32 (C).</summary>
    public Tensor Origin { get; }

    /// <summary>Fits the baselines.</summary>
    public static Baselines Of(GreedySelection selection, Classifier network, Autoencoder autoencoder, string layer, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var images = set.Take(selection.Images / 2);
        var own = Means(CutActivations.Store(network, images, layer, run), images.Labels, network.Classes);
        var others = Counterparts.Of(images, selection.Attribute, run.Seed.For("rivals"));
        var shuffled = Means(CutActivations.Store(network, others, layer, run), others.Labels, network.Classes);
        var differences = own - shuffled;
        var rows = ActivationRows.Of(network, images, layer, 1, run);
        var active = autoencoder.Encode(rows.Values).ne(0).any(0).nonzero().squeeze(1).cpu().data<long>().Select(feature => (int)feature).ToArray();
        var origin = rows.Values.mean([0]);
        rows.Dispose();
        var axes = NeuronBasis.Of(autoencoder.Inputs).to(differences.device);
        var neurons = selection.Select(network, axes, layer, set, zeros(axes.Features, device: differences.device), run);
        // A class without images differs in nothing, and a direction must have a length.
        var lengths = differences.norm(1);
        var order = lengths.argsort(0, descending: true).slice(0, 0, lengths.gt(1e-6).sum().item<long>(), 1);
        return new(active, run.Seed.For("random"), axes, neurons, differences.index_select(0, order), origin);
    }

    /// <summary>The features that are ever active, in random order.</summary>
    public int[] Random(int draw)
    {
        var random = new SplitMix64(seed.For(draw));
        var order = alive.ToArray();
        for (var left = order.Length; left > 1; left--)
        {
            var chosen = random.Below(left);
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
        var rows = CutActivations.Rows(activations);
        var perImage = rows.view(activations.shape[0], -1, rows.shape[1]).mean([1]);
        var belongs = nn.functional.one_hot(tensor(labels).to(rows.device), classes).to_type(float32);
        return belongs.t().matmul(perImage) / belongs.sum([0]).clamp_min(1).unsqueeze(1);
    }
}
