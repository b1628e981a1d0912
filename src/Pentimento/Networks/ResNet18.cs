using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>ResNet-18 with torchvision's names: a first convolution, eight residual blocks of 64 to 512 channels, the mean of each map.</summary>
/// <remarks>
/// He, Zhang, Ren and Sun, 2016, "Deep residual learning for image recognition", arXiv:1512.03385, table 1 and section 4.2 (the small stem is the one
/// they use on CIFAR-10). First values as torchvision: He et al., 2015, arXiv:1502.01852, over outputs. Each block can be cut behind it.
/// </remarks>
/// <param name="Stem">How the image enters; of weights that are read, they say.</param>
[Called("resnet18")]
internal sealed record ResNet18(Entrance Stem = Entrance.Small) : Architecture
{
    private ResidualNetwork Network => new(Stem, [2, 2, 2, 2], Bottleneck: false);

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed) => Network.Build(this, shape, classes, seed);

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        Expect(shapes, ("conv1.weight", 4), ("fc.weight", 2));
        return Network.Infer(shapes);
    }

    /// <inheritdoc/>
    internal override Architecture FittedTo(IReadOnlyDictionary<string, long[]> shapes) => this with { Stem = ResidualNetwork.StemOf(shapes, Stem) };

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => 11_000_000 + (512L * classes);
}
