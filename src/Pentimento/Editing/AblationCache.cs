using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Caches the activations of images at a cut, so that the effect of ablating a feature is computed by the network's tail alone.</summary>
internal sealed class AblationCache : IDisposable
{
    private readonly Classifier network;
    private readonly Autoencoder autoencoder;
    private readonly string layer;
    private readonly Tensor like;
    private readonly Tensor features;
    private readonly Tensor target;
    private readonly Tensor rows;
    private readonly bool[] changesAll;

    /// <summary>Stores the activations and the features that are active in them.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Defines the features.</param>
    /// <param name="layer">The cut whose activations it encodes.</param>
    /// <param name="activations">float32 (N, ...) at that cut; not changed.</param>
    /// <param name="target">float32 (F), the value of each feature when ablated: zeros, or the features' means.</param>
    public AblationCache(Classifier network, Autoencoder autoencoder, string layer, Tensor activations, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (this.network, this.autoencoder, this.layer) = (network, autoencoder, layer);
        (like, this.target) = (activations.alias().DetachFromDisposeScope(), target.clone().DetachFromDisposeScope());
        var flat = CutActivations.Rows(activations);
        Places = flat.shape[0] / activations.shape[0];
        rows = flat.view(activations.shape[0], Places, -1).clone().DetachFromDisposeScope();
        // Feature-major, so that one feature over all images is one piece of memory.
        features = autoencoder.Encode(flat).t().contiguous().view(autoencoder.Features, activations.shape[0], Places).DetachFromDisposeScope();
        changesAll = target.ne(0).cpu().data<bool>().ToArray();
        Logits = CutActivations.Logits(network, layer, activations).DetachFromDisposeScope();
    }

    /// <summary>The number of images.</summary>
    public long Count => rows.shape[0];

    /// <summary>The number of locations of a feature map; 1 where the layer has none.</summary>
    public long Places { get; }

    /// <summary>The logits with the features ablated so far, float32 (N, K).</summary>
    public Tensor Logits { get; }

    /// <summary>The activations of all features before any ablation, float32 (F, N, H·W).</summary>
    public Tensor Features => features;

    /// <summary>Computes the logits with one more feature ablated.</summary>
    /// <returns>int64 (M), the images whose activations change, and their logits float32 (M, K); null where none changes.</returns>
    public (Tensor Images, Tensor Logits)? Ablated(int feature)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        // Where a feature is inactive, ablating it to 0 changes nothing.
        var own = features.select(0, feature);
        var images = changesAll[feature] ? arange(Count, device: own.device) : own.ne(0).any(1).nonzero().squeeze(1);
        if (images.shape[0] == 0) return null;
        var changed = rows.index_select(0, images).add_(Change(feature, own.index_select(0, images)));
        var logits = CutActivations.Logits(network, layer, CutActivations.Shape(changed.flatten(0, 1), like.index_select(0, images)));
        return (images.MoveToOuterDisposeScope(), logits.MoveToOuterDisposeScope());
    }

    /// <summary>Ablates a feature permanently.</summary>
    public void Ablate(int feature)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        rows.add_(Change(feature, features.select(0, feature)));
        Logits.copy_(CutActivations.Logits(network, layer, CutActivations.Shape(rows.flatten(0, 1), like)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { like, features, target, rows, Logits }) tensor.Dispose();
    }

    private Tensor Change(int feature, Tensor own) => (target[feature] - own).unsqueeze(2) * autoencoder.Decoder[feature];
}
