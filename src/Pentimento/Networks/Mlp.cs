using System.Globalization;
using Pentimento.Data;

namespace Pentimento.Networks;

/// <summary>A multilayer perceptron: the flattened image through hidden layers with ReLU. It has no maps.</summary>
/// <remarks>Rumelhart, Hinton and Williams, 1986, "Learning representations by back-propagating errors".</remarks>
/// <param name="Hidden">How many units each hidden layer has, first to last, joined by hyphens; empty for a linear classifier.</param>
/// <param name="Start">What weights are before training.</param>
/// <param name="Logits">How many logits are learned.</param>
internal sealed record Mlp(
    string Hidden = "256-128", MlpStart Start = MlpStart.Uniform, MlpLogits Logits = MlpLogits.OnePerClass) : Architecture
{
    private const int MostUnits = 65536;
    private const int MostLayers = 64;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        Require.That(Logits == MlpLogits.OnePerClass || classes == 2, $"mlp:logits=single parts two classes; the images have {classes}.");
        int[] sizes = [shape.Size, .. Sizes(), classes];
        var last = sizes.Length - 1;
        var network = new Classifier(
            this,
            shape,
            classes,
            [
                .. Enumerable
                    .Range(1, last - 1)
                    .Select(at => Layer.Linear($"fc{at}", sizes[at - 1], sizes[at], seed, Functions.Relu) with { Rectified = true }),
                Logits == MlpLogits.Single
                    ? Layer.SingleLogit($"fc{last}", sizes[last - 1], seed)
                    : Layer.Linear($"fc{last}", sizes[last - 1], classes, seed),
            ]);
        if (Start == MlpStart.Glorot)
            Weights.Glorot(network, seed);
        return network;
    }

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        var last = $"fc{Sizes().Count + 1}.weight";
        Expect(shapes, ("fc1.weight", 2), (last, 2));
        var inputs = shapes["fc1.weight"][1];
        // Squares of one channel or of three: no number is both, as 3 is no square.
        foreach (var channels in new[] { 1, 3 })
        {
            var side = (int)Math.Sqrt(inputs / channels);
            if ((long)side * side * channels == inputs) return (new(side, side, channels), Math.Max(2, (int)shapes[last][0]));
        }

        throw new BadInputException($"The weights of mlp read {inputs:N0} values, which are no square image of 1 or 3 channels.");
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes)
    {
        int[] sizes = [shape.Size, .. Sizes(), Logits == MlpLogits.Single ? 1 : classes];
        return sizes.Zip(sizes.Skip(1), (from, to) => (long)from * to).Sum();
    }

    private List<int> Sizes()
    {
        var parts = string.IsNullOrWhiteSpace(Hidden) ? [] : Hidden.Split('-', StringSplitOptions.TrimEntries);
        var sizes = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToList();
        Require.That(
            sizes.Count <= MostLayers && sizes.All(size => size is > 0 and <= MostUnits),
            $"mlp.hidden: expected up to {MostLayers} whole numbers from 1 to {MostUnits:N0} joined by hyphens, as in 256-128; got '{Hidden}'.");
        return sizes;
    }
}

/// <summary>How many logits a multilayer perceptron learns.</summary>
internal enum MlpLogits
{
    /// <summary>One for each class.</summary>
    OnePerClass,

    /// <summary>One for two classes, the second one's; the first one's is 0, so that the cross-entropy is the binary one of that logit.</summary>
    Single,
}

/// <summary>What a multilayer perceptron's weights are before training.</summary>
internal enum MlpStart
{
    /// <summary>Weights and biases from U(-1/√n, 1/√n), n the number of inputs: PyTorch's default.</summary>
    Uniform,

    /// <summary>Weights from U(-√(6/(n+m)), √(6/(n+m))) for n inputs and m outputs, biases 0 (Glorot and Bengio, 2010).</summary>
    Glorot,
}
