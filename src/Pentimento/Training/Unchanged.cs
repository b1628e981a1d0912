using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>The identity transform: no augmentation.</summary>
/// <remarks>The default; the seed report forbids itself to touch the data.</remarks>
[Called("none")]
internal sealed record Unchanged : Augmentation
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Nothing;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed) => images.alias();
}
