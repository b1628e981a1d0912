using System.ComponentModel.DataAnnotations;
using Pentimento.Data;

namespace Pentimento.Networks;

/// <summary>The seed report's network: three 3x3 convolutions of 32, 64 and 64 channels, each with ReLU and 2x2 max pooling, then 128
/// hidden units.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "The Willing Accomplice" and "Smudging the Paint to Find
/// the Drawing".</remarks>
/// <param name="Dropout">The share of hidden units dropped in training, between fc1 and fc2.</param>
/// <param name="Stem">What the first convolution does.</param>
/// <param name="Size">The side of the first convolution's kernel, in pixels, odd.</param>
/// <param name="Sigma">σ, the standard deviation of a Gaussian stem's kernel, in pixels.</param>
/// <param name="Pooling">How maxima are taken; the answers are the same.</param>
internal sealed record Cnn3(
    [Range(0.0, 0.95)] double Dropout = 0.02,
    Stem Stem = Stem.Learned,
    [Range(1, 31)] int Size = 3,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Sigma = 1,
    Pooling Pooling = Pooling.Max) : Architecture
{
    private const int StemChannels = 32;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        Require.That(shape.Height >= 8 && shape.Width >= 8, $"cnn3 halves images three times, so they must be at least 8x8; got {shape}.");
        Require.That(Size % 2 == 1, $"cnn3: the first convolution's size must be odd, so that its kernel has a middle; got {Size}.");
        var flat = 64 * (shape.Height / 8) * (shape.Width / 8);
        return new(this, shape, classes,
        [
            First(shape.Channels, seed), Layer.Relu("relu1"), Pool("pool1"),
            Layer.Convolution("conv2", StemChannels, 64, seed), Layer.Relu("relu2"), Pool("pool2"),
            Layer.Convolution("conv3", 64, 64, seed), Layer.Relu("relu3"), Pool("pool3"),
            Layer.Linear("fc1", flat, 128, seed, Functions.Relu) with { Rectified = true },
            Layer.Linear("fc2", 128, classes, seed, dropout: Dropout),
        ]);
    }

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        Expect(shapes, ("conv1.weight", 4), ("fc1.weight", 2), ("fc2.weight", 2));

        // Sizes 24 to 31 all end at 3x3; digits are 28x28.
        var side = (int)Math.Sqrt(shapes["fc1.weight"][1] / 64.0);
        var size = side == 3 ? 28 : side * 8;
        return (new(size, size, (int)shapes["conv1.weight"][1]), (int)shapes["fc2.weight"][0]);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) =>
        ((long)StemChannels * shape.Channels * Size * Size) + (64 * 9L * (StemChannels + 64))
        + (64L * (shape.Height / 8) * (shape.Width / 8) * 128) + (128L * classes);

    private Layer First(int channels, Seed seed)
    {
        if (Stem == Stem.Learned) return Layer.Convolution("conv1", channels, StemChannels, seed, Size);
        using var kernels = Stem == Stem.Gaussian
            ? GaussianKernel.OfAllChannels(StemChannels, channels, Size, Sigma)
            : GaussianKernel.OfOneChannelEach(StemChannels, channels, Size, Sigma);
        return Layer.Frozen("conv1", kernels);
    }

    private Layer Pool(string name) => Pooling == Pooling.Max ? Layer.MaxPool(name) : Layer.ChannelWiseMaxPool(name);
}

/// <summary>What a first convolution does.</summary>
internal enum Stem
{
    /// <summary>It learns.</summary>
    Learned,

    /// <summary>Every filter is one Gaussian kernel over every colour channel, fixed: all answer with the same blurred sum of the colours.</summary>
    Gaussian,

    /// <summary>Every filter blurs one colour channel, each in turn, fixed: colours stay apart.</summary>
    GaussianPerColor,
}

/// <summary>How maxima are taken.</summary>
internal enum Pooling
{
    /// <summary>Over all channels at once, each keeping its own maxima.</summary>
    Max,

    /// <summary>Channel by channel, then put together again: the same by another way.</summary>
    ChannelWise,
}
