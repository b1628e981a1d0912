using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>What a layer's activations are looked at as: its own channels, or the features of an autoencoder, which stand in for channels.</summary>
/// <param name="name">How the screens call it.</param>
/// <param name="cut">The cut of the network.</param>
/// <param name="unit">What one of its channels is called.</param>
internal abstract class ChannelBasis(string name, string cut, string unit) : IDisposable
{
    /// <summary>How the screens call it.</summary>
    public string Name => name;

    /// <summary>The cut of the network.</summary>
    public string Cut => cut;

    /// <summary>What one of its channels is called.</summary>
    public string Unit => unit;

    /// <summary>U, the number of channels.</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    public abstract long Count(Tensor activations);

    /// <summary>The channels' values, float32 (N, U), (N, U, H, W) of maps or (N, U, T) of tokens.</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    public abstract Tensor Of(Tensor activations);

    /// <summary>What is to be computed once of activations that are edited again and again: the channels' values, float32 (U, N, P) with P the
    /// places of a map, so that one channel over all images is one piece of memory; null where they are the activations themselves.</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    public abstract Tensor? Encoded(Tensor activations);

    /// <summary>The activations where each channel's value a becomes keep ⊙ a + added.</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    /// <param name="keep">float32 (U), the share that stays.</param>
    /// <param name="added">float32 (U), what is added.</param>
    /// <param name="encoded">What <see cref="Encoded"/> has said of them; null where nobody asked.</param>
    public abstract Tensor Edited(Tensor activations, Tensor keep, Tensor added, Tensor? encoded = null);

    /// <summary>The settings of <c>operate</c> that edit the channels so.</summary>
    public abstract JsonObject Settings(InsideQuestion question);

    /// <inheritdoc/>
    public abstract void Dispose();
}
