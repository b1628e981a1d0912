using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>A layer's own channels or neurons.</summary>
/// <param name="cut">The cut of the network.</param>
internal sealed class LayerBasis(string cut) : ChannelBasis(cut, cut, "channel")
{
    /// <inheritdoc/>
    public override long Count(Tensor activations) => activations.shape[activations.dim() == 3 ? 2 : 1];

    /// <inheritdoc/>
    // Tokens (N, T, C) have their channels last.
    public override Tensor Of(Tensor activations) => activations.dim() == 3 ? activations.transpose(1, 2) : activations;

    /// <inheritdoc/>
    public override Tensor? Encoded(Tensor activations) => null;

    /// <inheritdoc/>
    public override Tensor Edited(Tensor activations, Tensor keep, Tensor added, Tensor? encoded = null)
    {
        long[] shape = activations.dim() == 3 ? [1, 1, -1] : [1, -1, .. Enumerable.Repeat(1L, (int)activations.dim() - 2)];
        return (activations * keep.view(shape)) + added.view(shape);
    }

    /// <inheritdoc/>
    public override JsonObject Settings(InsideQuestion question) => new()
    {
        ["layer"] = Cut,
        ["neurons"] = EquivalentCode.Ablated(question),
        ["steer"] = EquivalentCode.Steered(question),
    };

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
