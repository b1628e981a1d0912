using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>What a layer's activations are looked at as: its own channels, or the features of an autoencoder, which stand in for channels.</summary>
/// <param name="name">How the screens call it.</param>
/// <param name="cut">The cut of the network.</param>
/// <param name="unit">What one of its channels is called.</param>
internal abstract class ChannelBasis(string name, string cut, string unit) : IDisposable
{
    // So many values are encoded at once, at most.
    private const long MostAtOnce = 1L << 23;

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

    /// <summary>The activations where each channel's value a becomes keep ⊙ a + added.</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    /// <param name="keep">float32 (U), the share that stays.</param>
    /// <param name="added">float32 (U), what is added.</param>
    public abstract Tensor Edited(Tensor activations, Tensor keep, Tensor added);

    /// <summary>The settings of <c>operate</c> that edit the channels so.</summary>
    public abstract JsonObject Settings(InsideQuestion question);

    /// <summary>The largest value of each channel in each image, float32 (N, U).</summary>
    /// <param name="activations">float32 (N, ...) at the cut.</param>
    public Tensor Maxima(Tensor activations)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        foreach (var part in activations.split(Math.Clamp(MostAtOnce / Values(activations), 1, activations.shape[0])))
        {
            using var inner = NewDisposeScope();
            var values = Of(part);
            parts.Add((values.dim() == 2 ? values.cpu() : values.flatten(2).amax([2]).cpu()).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The number of channels' values that an image has.</summary>
    private long Values(Tensor activations) => Count(activations) * activations.dim() switch
    {
        4 => activations.shape[2] * activations.shape[3],
        3 => activations.shape[1],
        _ => 1,
    };
}
