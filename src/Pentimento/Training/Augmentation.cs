using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>A data augmentation: a random transform of a batch's images before the forward pass. None by default, and named wherever results
/// are.</summary>
[Family("augmentations")]
public abstract record Augmentation
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Augmentation(string spec) => Catalog.Read<Augmentation>(spec);

    /// <summary>The supervision that the transform needs: what it assumes of the bias or of the test corruption.</summary>
    public abstract Supervision RequiredSupervision { get; }

    /// <summary>Transforms a batch.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed; channels-last in memory.</param>
    /// <param name="seed">The seed of all random draws of this step.</param>
    /// <returns>The same shape, range and layout.</returns>
    internal abstract Tensor Apply(Tensor images, Seed seed);
}
