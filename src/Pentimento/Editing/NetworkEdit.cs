using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>A kind of change made to the activations at a cut; its weights say which one.</summary>
[Family("edits")]
public abstract record NetworkEdit
{
    /// <summary>The change before any weights are put into it: it changes nothing.</summary>
    /// <param name="inputs">C, the activations of a row.</param>
    /// <returns>Rows float32 (N, C) to rows; it does not learn.</returns>
    public abstract nn.Module<Tensor, Tensor> Begin(long inputs);
}

/// <summary>Nothing is changed.</summary>
/// <remarks>The empty case of this software's surgery; a network with it answers as it did, to the last bit.</remarks>
public sealed record Untouched : NetworkEdit
{
    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Begin(long inputs) => nn.Identity();
}
