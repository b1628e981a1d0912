using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>LeNet-5 as it is built today: two 5x5 convolutions of 6 and 16 channels, each pooled, then 120 and 84 hidden units.</summary>
/// <remarks>
/// LeCun, Bottou, Bengio and Haffner, 1998, "Gradient-based learning applied to document recognition", figure 2. As usual today, each channel of
/// the second convolution sees all of the first, pooling has no weights of its own, and the last layer is linear instead of radial basis functions;
/// tanh and mean pooling are nearest to the paper's.
/// </remarks>
/// <param name="Activation">The function after each convolution and hidden layer.</param>
/// <param name="Pooling">What is kept of each 2x2 square.</param>
/// <param name="Padding">Pixels put around the image: 2 makes 28x28 digits the paper's 32x32, whose own padding is 0.</param>
[Called("lenet5")]
internal sealed record LeNet5(
    Activation Activation = Activation.Relu, Summary Pooling = Summary.Max, [Range(0, 2)] int Padding = 2) : Architecture
{
    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var (height, width) = (Side(shape.Height), Side(shape.Width));
        Require.That(height > 0 && width > 0, $"lenet5 with padding {Padding} needs images of at least {Smallest(1)}x{Smallest(1)}; got {shape}.");
        return new(this, shape, classes,
        [
            Layer.Convolution("conv1", shape.Channels, 6, seed, 5, Padding), Act(1), Pool("pool1"),
            Layer.Convolution("conv2", 6, 16, seed, 5, 0), Act(2), Pool("pool2"),
            Layer.Linear("fc1", 16 * height * width, 120, seed, Function) with { Rectified = Activation == Activation.Relu },
            Layer.Linear("fc2", 120, 84, seed, Function) with { Rectified = Activation == Activation.Relu },
            Layer.Linear("fc3", 84, classes, seed),
        ]);
    }

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        Expect(shapes, ("conv1.weight", 4), ("fc1.weight", 2), ("fc3.weight", 2));
        var size = Smallest((int)Math.Sqrt(shapes["fc1.weight"][1] / 16.0));
        return (new(size, size, (int)shapes["conv1.weight"][1]), (int)shapes["fc3.weight"][0]);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) =>
        (6L * shape.Channels * 25) + (16 * 6 * 25)
        + (16L * Math.Max(0, Side(shape.Height)) * Math.Max(0, Side(shape.Width)) * 120) + (120 * 84) + (84L * classes);

    /// <summary>The side of the last maps.</summary>
    private int Side(int image) => (((image + (2 * Padding) - 4) / 2) - 4) / 2;

    /// <summary>The smallest image whose last maps have this side.</summary>
    private int Smallest(int side) => (4 * side) + 12 - (2 * Padding);

    private Func<Tensor, Tensor> Function => Activation == Activation.Relu ? Functions.Relu : Functions.Tanh;

    private Layer Act(int block) => Activation == Activation.Relu ? Layer.Relu($"relu{block}") : Layer.Tanh($"tanh{block}");

    private Layer Pool(string name) => Pooling == Summary.Max ? Layer.MaxPool(name) : Layer.AveragePool(name);
}

/// <summary>A function of single values.</summary>
internal enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>One value for several.</summary>
internal enum Summary
{
    /// <summary>The largest.</summary>
    Max,

    /// <summary>The average.</summary>
    Mean,
}
