using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>A kind of edit of the activations at a cut; its weights determine the edit.</summary>
[Family("edits")]
internal abstract record NetworkEdit
{
    /// <summary>Creates the edit's module before its weights are loaded: the identity.</summary>
    /// <param name="inputs">C, the activations of a row.</param>
    /// <returns>Rows float32 (N, C) to rows; it does not learn.</returns>
    public abstract nn.Module<Tensor, Tensor> Begin(long inputs);

    /// <summary>Writes the edit as ONNX.</summary>
    /// <param name="change">The module that <see cref="Begin"/> made, or one like it.</param>
    /// <param name="writer">Takes the nodes and their weights.</param>
    /// <param name="rows">The value (..., C) that is edited.</param>
    /// <returns>The edited value.</returns>
    public abstract string Form(nn.Module<Tensor, Tensor> change, OnnxBuilder writer, string rows);
}

/// <summary>The identity: activations are not changed.</summary>
/// <remarks>The empty case of this software's edits; a network with it computes the same logits, to the last bit.</remarks>
internal sealed record Untouched : NetworkEdit
{
    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Begin(long inputs) => nn.Identity();

    /// <inheritdoc/>
    public override string Form(nn.Module<Tensor, Tensor> change, OnnxBuilder writer, string rows) => writer.Add("Identity", "edited", [rows]);
}
