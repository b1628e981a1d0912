using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>relu(f(x) + x), f two 3x3 convolutions with batch normalisation; where the size changes, x goes through a 1x1 convolution.</summary>
/// <remarks>He et al., 2016, arXiv:1512.03385, figure 2 and option B.</remarks>
internal sealed class ResidualBlock : nn.Module
{
    // PyTorch's names: they become the names of the weights.
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly (Conv2d Convolution, BatchNorm2d Norm)? downsample;

    public ResidualBlock(string name, int from, int to, int stride, Seed seed) : base(name)
    {
        conv1 = Convolution(from, to, 3, stride, seed.For("conv1"));
        bn1 = nn.BatchNorm2d(to);
        conv2 = Convolution(to, to, 3, 1, seed.For("conv2"));
        bn2 = nn.BatchNorm2d(to);
        if (from != to) downsample = (Convolution(from, to, 1, stride, seed.For("downsample")), nn.BatchNorm2d(to));
        RegisterComponents();
        if (downsample is { } links) register_module("downsample", nn.Sequential(("0", links.Convolution), ("1", links.Norm)));
    }

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
        yield return Part(Layer.Of(At("conv1"), conv1), input);
        yield return Part(Layer.Of(At("bn1"), bn1), At("conv1"));
        yield return Part(Layer.Relu(At("relu1")), At("bn1"));
        yield return Part(Layer.Of(At("conv2"), conv2), At("relu1"));
        yield return Part(Layer.Of(At("bn2"), bn2), At("conv2"));
        if (downsample is { } links)
        {
            yield return Part(Layer.Of(At("downsample.0"), links.Convolution), input);
            yield return Part(Layer.Of(At("downsample.1"), links.Norm), At("downsample.0"));
        }

        var shortcut = downsample is null ? input : At("downsample.1");
        yield return new(name, NodeRole.Activation, [At("bn2"), shortcut], [name], (inputs, _) => [(inputs[0]! + inputs[1]!).relu()])
        {
            Module = this,
            Rectified = true,
            Form = (writer, inputs) => writer.Add("Relu", name, [writer.Add("Add", At("add"), inputs)]),
        };
    }

    /// <summary>A node whose weights the block itself registers.</summary>
    private static Node Part(Layer layer, string input) => Node.Of(layer, input, layer.Name) with { Module = null };
}
