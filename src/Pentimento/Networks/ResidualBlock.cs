using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>relu(f(x) + x), f two or three convolutions with batch normalisation; where the size changes, x goes through a 1x1 convolution.</summary>
/// <remarks>He et al., 2016, arXiv:1512.03385, figures 2 and 5, option B; in a bottleneck the middle convolution strides, as torchvision's.</remarks>
internal sealed class ResidualBlock : nn.Module
{
    private readonly List<(Conv2d Convolution, BatchNorm2d Norm)> parts = [];
    private readonly (Conv2d Convolution, BatchNorm2d Norm)? downsample;

    private ResidualBlock(string name, IReadOnlyList<(int From, int To, int Size, int Stride)> convolutions, Seed seed) : base(name)
    {
        foreach (var (from, to, size, stride) in convolutions)
        {
            var place = parts.Count + 1;
            parts.Add((Convolution(from, to, size, stride, seed.For($"conv{place}")), nn.BatchNorm2d(to)));
            // PyTorch's names: they become the names of the weights.
            register_module($"conv{place}", parts[^1].Convolution);
            register_module($"bn{place}", parts[^1].Norm);
        }

        var (first, last) = (convolutions[0].From, convolutions[^1].To);
        var strides = convolutions.Aggregate(1, (product, convolution) => product * convolution.Stride);
        if (first == last && strides == 1) return;
        var links = (Convolution: Convolution(first, last, 1, strides, seed.For("downsample")), Norm: nn.BatchNorm2d(last));
        register_module("downsample", nn.Sequential(("0", links.Convolution), ("1", links.Norm)));
        downsample = links;
    }

    /// <summary>Two 3x3 convolutions.</summary>
    public static ResidualBlock Basic(string name, int from, int to, int stride, Seed seed) =>
        new(name, [(from, to, 3, stride), (to, to, 3, 1)], seed);

    /// <summary>A 3x3 convolution of a quarter of the channels between two of 1x1.</summary>
    public static ResidualBlock Bottleneck(string name, int from, int to, int stride, Seed seed) =>
        new(name, [(from, to / 4, 1, 1), (to / 4, to / 4, 3, stride), (to / 4, to, 1, 1)], seed);

    /// <summary>A convolution without bias that keeps the size but for its stride, drawn from N(0, 2 / (k² to)).</summary>
    public static Conv2d Convolution(int from, int to, int size, int stride, Seed seed)
    {
        var convolution = nn.Conv2d(from, to, size, stride: stride, padding: size / 2, bias: false);
        Weights.FillNormal(convolution.weight, Math.Sqrt(2.0 / (size * size * to)), seed);
        Weights.ChannelsLast(convolution.weight);
        return convolution;
    }

    /// <summary>The block's nodes, from the value before it to the one that has the block's name.</summary>
    public IEnumerable<Node> Nodes(string input)
    {
        var name = GetName();
        string At(string part) => $"{name}.{part}";
        var value = input;
        for (var place = 1; place <= parts.Count; place++)
        {
            yield return Part(Layer.Of(At($"conv{place}"), parts[place - 1].Convolution), value);
            yield return Part(Layer.Of(At($"bn{place}"), parts[place - 1].Norm), At($"conv{place}"));
            value = At($"bn{place}");
            if (place == parts.Count) break;
            yield return Part(Layer.Relu(At($"relu{place}")), value);
            value = At($"relu{place}");
        }

        if (downsample is { } links)
        {
            yield return Part(Layer.Of(At("downsample.0"), links.Convolution), input);
            yield return Part(Layer.Of(At("downsample.1"), links.Norm), At("downsample.0"));
        }

        var shortcut = downsample is null ? input : At("downsample.1");
        yield return new(name, NodeRole.Activation, [value, shortcut], [name], (inputs, _) => [(inputs[0]! + inputs[1]!).relu()])
        {
            Module = this,
            Rectified = true,
            Form = (writer, inputs) => writer.Add("Relu", name, [writer.Add("Add", At("add"), inputs)]),
        };
    }

    /// <summary>A node whose weights the block itself registers.</summary>
    private static Node Part(Layer layer, string input) => Node.Of(layer, input, layer.Name) with { Module = null };
}
