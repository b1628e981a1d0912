using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>What is done to the images of a step before the network sees them. Off unless it is asked for, and named wherever results are.</summary>
[Family("augmentations")]
public abstract record Augmentation
{
    /// <summary>What it is told of the data or of the test; using it is knowing that.</summary>
    public abstract Supervision Needs { get; }

    /// <summary>Changes images.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed; channels-last in memory.</param>
    /// <param name="seed">Decides every draw of this step.</param>
    /// <returns>The same shape, range and layout.</returns>
    public abstract Tensor Apply(Tensor images, Seed seed);
}
