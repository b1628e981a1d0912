using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>ReBias's network for Biased-MNIST: four 7x7 convolutions of 16, 32, 64 and 128 channels at full resolution, each with batch normalisation
/// and ReLU, then the mean over the image.</summary>
/// <remarks>
/// Bahng, Chun, Yun, Choo and Oh, 2020, "Learning de-biased representations with biased representations", arXiv:1910.02806, as in clovaai/rebias,
/// models/mnist_models.py. The authors' inputs are in [-1, 1]: <c>preprocessed:network=simple-conv-net,steps=symmetric</c>.
/// </remarks>
/// <param name="Size">The side of each convolution's kernel, in pixels, odd.</param>
[Called("simple-conv-net")]
internal sealed record SimpleConvNet([System.ComponentModel.DataAnnotations.Range(1, 31)] int Size = 7) : Architecture
{
    private static readonly int[] Channels = [16, 32, 64, 128];

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        Require.That(Size % 2 == 1, $"simple-conv-net: the convolutions' size must be odd, so that images keep theirs; got {Size}.");
        Require.That(
            shape.Height >= Size && shape.Width >= Size,
            $"simple-conv-net needs images of at least {Size}x{Size}, the size of its kernels; got {shape}.");
        var layers = new List<Layer>();
        var from = shape.Channels;
        foreach (var (place, to) in Channels.Index())
        {
            layers.Add(Layer.Of($"conv{place + 1}", Convolution(from, to, seed.For($"conv{place + 1}"))));
            layers.Add(Layer.Of($"bn{place + 1}", nn.BatchNorm2d(to)));
            layers.Add(Layer.Relu($"relu{place + 1}"));
            from = to;
        }

        layers.Add(Layer.GlobalAverage("avgpool"));
        layers.Add(Layer.Linear("fc", from, classes, seed));
        return new(this, shape, classes, layers);
    }

    /// <inheritdoc/>
    /// <remarks>Weights fit every size; digits are 28x28.</remarks>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        Expect(shapes, ("conv1.weight", 4), ("fc.weight", 2));
        return (new(28, 28, (int)shapes["conv1.weight"][1]), (int)shapes["fc.weight"][0]);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) =>
        Channels.Prepend(shape.Channels).Zip(Channels, (from, to) => (long)from * to * Size * Size).Sum() + ((long)Channels[^1] * classes);

    private Conv2d Convolution(int from, int to, Seed seed)
    {
        var convolution = nn.Conv2d(from, to, Size, padding: Size / 2);
        Weights.Fill(convolution.weight, convolution.bias!, from * Size * Size, seed);
        Weights.FillNormal(convolution.weight, Math.Sqrt(2.0 / (to * Size * Size)), seed.For("normal"));
        Weights.ChannelsLast(convolution.weight);
        return convolution;
    }
}
