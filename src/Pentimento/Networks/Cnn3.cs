using System.ComponentModel.DataAnnotations;
using Pentimento.Data;

namespace Pentimento.Networks;

/// <summary>The seed report's network: three 3x3 convolutions of 32, 64 and 64 channels, each with ReLU and 2x2 max pooling, then 128 hidden units.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "The Willing Accomplice".</remarks>
/// <param name="Dropout">The share of hidden units dropped in training, between fc1 and fc2.</param>
public sealed record Cnn3([Range(0.0, 0.95)] double Dropout = 0.02) : Architecture
{
    /// <inheritdoc/>
    public override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        Require.That(shape.Height >= 8 && shape.Width >= 8, $"cnn3 halves images three times, so they must be at least 8x8; got {shape}.");
        var flat = 64 * (shape.Height / 8) * (shape.Width / 8);
        return new(this, shape, classes,
        [
            Layer.Convolution("conv1", shape.Channels, 32, seed), Layer.Relu("relu1"), Layer.MaxPool("pool1"),
            Layer.Convolution("conv2", 32, 64, seed), Layer.Relu("relu2"), Layer.MaxPool("pool2"),
            Layer.Convolution("conv3", 64, 64, seed), Layer.Relu("relu3"), Layer.MaxPool("pool3"),
            Layer.Linear("fc1", flat, 128, seed, relu: true),
            Layer.Linear("fc2", 128, classes, seed, relu: false, Dropout),
        ]);
    }

    /// <inheritdoc/>
    public override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        var tells = new[] { ("conv1.weight", 4), ("fc1.weight", 2), ("fc2.weight", 2) };
        foreach (var (name, dimensions) in tells)
            Require.That(shapes.GetValueOrDefault(name)?.Length == dimensions, $"The weights of cnn3 have {name} in {dimensions} dimensions; these have {string.Join(", ", shapes.Keys.Take(12))}.");

        // Sizes 24 to 31 all end at 3x3; digits are 28x28.
        var side = (int)Math.Sqrt(shapes["fc1.weight"][1] / 64.0);
        var size = side == 3 ? 28 : side * 8;
        return (new(size, size, (int)shapes["conv1.weight"][1]), (int)shapes["fc2.weight"][0]);
    }
}
