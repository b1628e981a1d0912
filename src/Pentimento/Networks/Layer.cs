using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>One link of a classifier's chain.</summary>
/// <param name="Name">The cut after it.</param>
/// <param name="Kind">What the chain may assume of it.</param>
/// <param name="Run">Computes its output; the classifier says whether it is training and where to draw from.</param>
/// <param name="Module">The weights it owns, if any, kept under its name as PyTorch would.</param>
/// <param name="Maps">Whether its output is (N, C, H, W).</param>
/// <param name="Rectified">Whether its output is that of a ReLU.</param>
internal sealed record Layer(
    string Name,
    LayerKind Kind,
    Func<Tensor, Classifier, Tensor> Run,
    nn.Module? Module = null,
    bool Maps = true,
    bool Rectified = false)
{
    /// <summary>Writes the layer as ONNX nodes, if it can.</summary>
    internal OnnxForm? Form { get; init; }

    /// <inheritdoc cref="Node.Halves"/>
    internal bool Halves { get; init; }

    /// <inheritdoc cref="Node.Filters"/>
    internal Func<IReadOnlyList<Tensor?>, Filters>? Filters { get; init; }

    /// <inheritdoc cref="Node.Affine"/>
    internal Func<IReadOnlyList<Tensor?>, (Tensor Scale, Tensor Shift)>? Affine { get; init; }

    /// <summary>A convolution whose weights lie channels-last in memory; without padding said, one that keeps an odd kernel's image size.</summary>
    public static Layer Convolution(string name, int from, int to, Seed seed, int size = 3, int? padding = null)
    {
        var convolution = nn.Conv2d(from, to, size, padding: padding ?? size / 2);
        Weights.Fill(convolution.weight, convolution.bias!, from * size * size, seed.For(name));
        Weights.ChannelsLast(convolution.weight);
        return Of(name, convolution);
    }

    /// <summary>A convolution that does not learn: <paramref name="weight"/> (out, in, k, k) and no bias, keeping the image size.</summary>
    public static Layer Frozen(string name, Tensor weight)
    {
        var size = weight.shape[2];
        var convolution = nn.Conv2d(weight.shape[1], weight.shape[0], size, padding: size / 2);
        Weights.Freeze(convolution.weight, weight);
        using var none = zeros(weight.shape[0]);
        Weights.Freeze(convolution.bias!, none);
        Weights.ChannelsLast(convolution.weight);
        return Of(name, convolution);
    }

    /// <summary>max(0, x).</summary>
    public static Layer Relu(string name) => new(name, LayerKind.Activation, (x, _) => nn.functional.relu(x), Rectified: true)
    {
        Form = (writer, inputs) => writer.Add("Relu", name, inputs),
    };

    /// <summary>The hyperbolic tangent.</summary>
    public static Layer Tanh(string name) => new(name, LayerKind.Activation, (x, _) => x.tanh())
    {
        Form = (writer, inputs) => writer.Add("Tanh", name, inputs),
    };

    /// <summary>The maximum of each 2x2 square.</summary>
    public static Layer MaxPool(string name) => new(name, LayerKind.MaxPool, (x, _) => nn.functional.max_pool2d(x, 2, 2))
    {
        Halves = true,
        Form = (writer, inputs) => writer.Pool("MaxPool", name, inputs[0], size: 2, stride: 2, padding: 0),
    };

    /// <summary>The mean of each 2x2 square.</summary>
    public static Layer AveragePool(string name) => new(name, LayerKind.Other, (x, _) => nn.functional.avg_pool2d(x, 2, 2))
    {
        Form = (writer, inputs) => writer.Pool("AveragePool", name, inputs[0], size: 2, stride: 2, padding: 0),
    };

    /// <summary>The mean of each map.</summary>
    public static Layer GlobalAverage(string name) => new(name, LayerKind.Other, (x, _) => x.mean([2, 3]), Maps: false)
    {
        Form = (writer, inputs) => writer.Flat(writer.Add("GlobalAveragePool", name, inputs)),
    };

    /// <summary>The maximum of each 2x2 square, every channel pooled as an image of its own and all put together again.</summary>
    public static Layer ChannelWiseMaxPool(string name) => new(name, LayerKind.MaxPool, (x, _) =>
    {
        var apart = nn.functional.max_pool2d(x.reshape(x.shape[0] * x.shape[1], 1, x.shape[2], x.shape[3]), 2, 2);
        var together = apart.view(x.shape[0], x.shape[1], apart.shape[2], apart.shape[3]);
        // Back to the layout in which convolutions are fast.
        return together.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    })
    {
        Form = (writer, inputs) => writer.Pool("MaxPool", name, inputs[0], size: 2, stride: 2, padding: 0),
    };

    /// <summary>A linear map of the flattened input, after dropout if <paramref name="dropout"/> is not 0, then
    /// <paramref name="activation"/> if any.</summary>
    public static Layer Linear(string name, int from, int to, Seed seed, Func<Tensor, Tensor>? activation = null, double dropout = 0)
    {
        var linear = nn.Linear(from, to);
        Weights.Fill(linear.weight, linear.bias!, from, seed.For(name));
        Tensor Answer(Tensor x, Classifier network)
        {
            var mapped = linear.Map(Drop(x.flatten(1), dropout, network));
            return activation is null ? mapped : activation(mapped);
        }

        var known = activation is null || Functions.OperatorOf(activation) is not null;
        return new(name, LayerKind.Other, Answer, linear, Maps: false)
        {
            Form = !known ? null : (writer, inputs) => writer.Linear(name, linear, inputs[0], Functions.OperatorOf(activation)),
        };
    }

    /// <summary>A linear map of the flattened input to one logit, the second of two; the first is 0.</summary>
    public static Layer SingleLogit(string name, int from, Seed seed)
    {
        var linear = nn.Linear(from, 1);
        Weights.Fill(linear.weight, linear.bias!, from, seed.For(name));
        return new(name, LayerKind.Other, (x, _) => nn.functional.pad(linear.Map(x.flatten(1)), [1, 0, 0, 0]), linear, Maps: false);
    }

    /// <summary>A convolution that is there already.</summary>
    internal static Layer Of(string name, Conv2d convolution) =>
        new(name, LayerKind.Other, (x, _) => convolution.Map(x), convolution)
        {
            Form = (writer, inputs) => writer.Convolution(name, convolution, inputs[0]),
            Filters = _ => new(
                convolution.weight, convolution.bias,
                (x, weight, bias) => nn.functional.conv2d(x, weight, bias, convolution.stride, convolution.padding)),
        };

    /// <summary>A batch normalisation that is there already.</summary>
    internal static Layer Of(string name, BatchNorm2d norm) =>
        new(name, LayerKind.Other, (x, _) => norm.call(x), norm)
        {
            Form = (writer, inputs) => writer.BatchNormalization(name, norm, inputs[0]),
            Affine = _ => Folded(norm.weight, norm.bias!, norm.running_mean!, norm.running_var!, 1e-5),
        };

    /// <summary>What a batch normalisation multiplies with and adds.</summary>
    internal static (Tensor Scale, Tensor Shift) Folded(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon)
    {
        var scale = weight / (variance + epsilon).sqrt();
        return (scale, bias - (mean * scale));
    }

    /// <summary>Dropout that draws from the network's own generator, so that a training can be repeated beside others.</summary>
    private static Tensor Drop(Tensor x, double probability, Classifier network)
    {
        if (!network.training || probability == 0 || network.DropoutGenerator is null) return x;
        var kept = rand(x.shape, float32, x.device, generator: network.DropoutGenerator).ge(probability).to_type(x.dtype);
        return x * kept / (1 - probability);
    }
}

/// <summary>What the chain may assume of a layer.</summary>
internal enum LayerKind
{
    /// <summary>Nothing.</summary>
    Other,

    /// <summary>It is monotone and acts on each value alone.</summary>
    Activation,

    /// <summary>It takes maxima.</summary>
    MaxPool,

    /// <summary>A block of several steps, the last of them an activation.</summary>
    Block,
}
