using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>The images as they are.</summary>
/// <remarks>No augmentation; the seed report forbids itself to touch the data.</remarks>
[Called("none")]
public sealed record Unchanged : Augmentation
{
    /// <inheritdoc/>
    public override Supervision Needs => Supervision.Nothing;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor images, Seed seed) => images.alias();
}
