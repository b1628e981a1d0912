using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>One link of a classifier's chain.</summary>
/// <param name="Name">The cut after it.</param>
/// <param name="Kind">What the chain may assume of it.</param>
/// <param name="Run">Computes its output; the classifier says whether it is training and where to draw from.</param>
/// <param name="Module">The weights it owns, if any, kept under its name as PyTorch would.</param>
/// <param name="Maps">Whether its output is (N, C, H, W).</param>
/// <param name="Rectified">Whether its output is that of a ReLU.</param>
public sealed record Layer(string Name, LayerKind Kind, Func<Tensor, Classifier, Tensor> Run, nn.Module? Module = null, bool Maps = true, bool Rectified = false)
{
    /// <summary>A 3x3 convolution that keeps the size, its weights channels-last in memory.</summary>
    public static Layer Convolution(string name, int from, int to, Seed seed)
    {
        var convolution = nn.Conv2d(from, to, 3, padding: 1);
        Weights.Fill(convolution.weight, convolution.bias!, from * 9, seed.For(name));
        Weights.ChannelsLast(convolution.weight);
        return new(name, LayerKind.Other, (x, _) => convolution.call(x), convolution);
    }

    /// <summary>max(0, x).</summary>
    public static Layer Relu(string name) => new(name, LayerKind.Relu, (x, _) => nn.functional.relu(x), Rectified: true);

    /// <summary>The maximum of each 2x2 square.</summary>
    public static Layer MaxPool(string name) => new(name, LayerKind.MaxPool, (x, _) => nn.functional.max_pool2d(x, 2, 2));

    /// <summary>A linear map of the flattened input, after dropout if <paramref name="dropout"/> is not 0, before ReLU if asked.</summary>
    public static Layer Linear(string name, int from, int to, Seed seed, bool relu, double dropout = 0)
    {
        var linear = nn.Linear(from, to);
        Weights.Fill(linear.weight, linear.bias!, from, seed.For(name));
        Tensor Answer(Tensor x, Classifier network)
        {
            var kept = Drop(x.flatten(1), dropout, network);
            return relu ? nn.functional.relu(linear.call(kept)) : linear.call(kept);
        }

        return new(name, LayerKind.Other, Answer, linear, Maps: false, Rectified: relu);
    }

    /// <summary>Dropout that draws from the network's own dice, so that a training can be repeated beside others.</summary>
    private static Tensor Drop(Tensor x, double probability, Classifier network)
    {
        if (!network.training || probability == 0 || network.Dice is null) return x;
        var kept = rand(x.shape, float32, x.device, generator: network.Dice).ge(probability).to_type(x.dtype);
        return x * kept / (1 - probability);
    }
}

/// <summary>What the chain may assume of a layer.</summary>
public enum LayerKind
{
    /// <summary>Nothing.</summary>
    Other,

    /// <summary>It is monotone and acts on each value alone.</summary>
    Relu,

    /// <summary>It takes maxima.</summary>
    MaxPool,
}
