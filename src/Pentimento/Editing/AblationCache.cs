using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>A network opened at a cut: activations of some images stored once, so that the effect of any feature is computed from there
/// onwards alone.</summary>
public sealed class AblationCache : IDisposable
{
    private readonly Classifier network;
    private readonly Autoencoder autoencoder;
    private readonly string layer;
    private readonly Tensor like;
    private readonly Tensor features;
    private readonly Tensor target;
    private readonly Tensor rows;
    private readonly bool[] takesAll;

    /// <summary>Opens a network.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Says what can be muted.</param>
    /// <param name="layer">The cut that it takes apart.</param>
    /// <param name="activations">float32 (N, ...) at that cut; not changed.</param>
    /// <param name="target">float32 (F), what each feature is muted to: zeros, or the features' means.</param>
    public AblationCache(Classifier network, Autoencoder autoencoder, string layer, Tensor activations, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        (this.network, this.autoencoder, this.layer) = (network, autoencoder, layer);
        (like, this.target) = (activations.alias().DetachFromDisposeScope(), target.clone().DetachFromDisposeScope());
        var flat = Cut.Rows(activations);
        Places = flat.shape[0] / activations.shape[0];
        rows = flat.view(activations.shape[0], Places, -1).clone().DetachFromDisposeScope();
        // Feature-major, so that one feature over all images is one piece of memory.
        features = autoencoder.Encode(flat).t().contiguous().view(autoencoder.Features, activations.shape[0], Places).DetachFromDisposeScope();
        takesAll = target.ne(0).cpu().data<bool>().ToArray();
        Logits = Cut.Logits(network, layer, activations).DetachFromDisposeScope();
    }

    /// <summary>How many images lie open.</summary>
    public long Count => rows.shape[0];

    /// <summary>Places of a map; 1 where the layer has none.</summary>
    public long Places { get; }

    /// <summary>The network's logits as it is now, float32 (N, K).</summary>
    public Tensor Logits { get; }

    /// <summary>The activations of all features as they were at first, float32 (F, N, H·W).</summary>
    public Tensor Features => features;

    /// <summary>What muting one more feature would do.</summary>
    /// <returns>int64 (M), the images that it touches, and their logits float32 (M, K); null where it touches none.</returns>
    public (Tensor Images, Tensor Logits)? Without(int feature)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        // Where a feature is silent already, muting it to 0 changes nothing.
        var own = features.select(0, feature);
        var images = takesAll[feature] ? arange(Count, device: own.device) : own.ne(0).any(1).nonzero().squeeze(1);
        if (images.shape[0] == 0) return null;
        var changed = rows.index_select(0, images).add_(Change(feature, own.index_select(0, images)));
        var logits = Cut.Logits(network, layer, Cut.Shape(changed.flatten(0, 1), like.index_select(0, images)));
        return (images.MoveToOuterDisposeScope(), logits.MoveToOuterDisposeScope());
    }

    /// <summary>Mutes a feature for good.</summary>
    public void Mute(int feature)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        rows.add_(Change(feature, features.select(0, feature)));
        Logits.copy_(Cut.Logits(network, layer, Cut.Shape(rows.flatten(0, 1), like)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { like, features, target, rows, Logits }) tensor.Dispose();
    }

    private Tensor Change(int feature, Tensor own) => (target[feature] - own).unsqueeze(2) * autoencoder.Decoder[feature];
}
