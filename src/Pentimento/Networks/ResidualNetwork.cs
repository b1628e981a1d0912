using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Builds residual networks with torchvision's names, and reads off weights what they were built for.</summary>
/// <param name="Stem">How the image enters.</param>
/// <param name="Blocks">How many blocks each of the four stages has.</param>
/// <param name="Bottleneck">Whether blocks narrow to a quarter of their channels.</param>
internal sealed record ResidualNetwork(Entrance Stem, IReadOnlyList<int> Blocks, bool Bottleneck)
{
    private const int FirstChannels = 64;

    /// <summary>Builds the network in evaluation mode with fresh weights; the caller disposes it.</summary>
    public Classifier Build(Architecture architecture, ImageShape shape, int classes, Seed seed)
    {
        Require.That(
            shape.Height >= 8 && shape.Width >= 8,
            $"{architecture.Title.Split(':')[0]} halves images at least three times, so they must be at least 8x8; got {shape}.");
        List<Node> nodes = [];
        foreach (var layer in First(shape.Channels, seed)) nodes.Add(Node.Of(layer, Last(nodes), layer.Name));
        var from = FirstChannels;
        for (var stage = 1; stage <= Blocks.Count; stage++)
        {
            var to = (FirstChannels << (stage - 1)) * (Bottleneck ? 4 : 1);
            for (var block = 0; block < Blocks[stage - 1]; block++)
            {
                var (name, stride) = ($"layer{stage}.{block}", stage > 1 && block == 0 ? 2 : 1);
                var residual = Bottleneck
                    ? ResidualBlock.Bottleneck(name, from, to, stride, seed.For(name))
                    : ResidualBlock.Basic(name, from, to, stride, seed.For(name));
                nodes.AddRange(residual.Nodes(Last(nodes)));
                from = to;
            }
        }

        var pool = Layer.GlobalAverage("avgpool");
        nodes.Add(Node.Of(pool, Last(nodes), pool.Name));
        nodes.Add(Node.Of(Layer.Linear("fc", from, classes, seed), Last(nodes), "fc"));
        return new(architecture, shape, classes, new Graph(nodes, "fc", "avgpool"));
    }

    /// <summary>The stem whose first convolution has the size of these weights'.</summary>
    public static Entrance StemOf(IReadOnlyDictionary<string, long[]> shapes, Entrance otherwise) =>
        shapes.GetValueOrDefault("conv1.weight") is [_, _, var size, _] ? size == 7 ? Entrance.Imagenet : Entrance.Small : otherwise;

    /// <summary>Image size and number of classes. Weights fit every size; these are the ones that each stem is made for.</summary>
    public (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        var size = Stem == Entrance.Small ? 28 : 224;
        return (new(size, size, (int)shapes["conv1.weight"][1]), (int)shapes["fc.weight"][0]);
    }

    private static string Last(List<Node> nodes) => nodes.Count == 0 ? Graph.Images : nodes[^1].Outputs[0];

    private IEnumerable<Layer> First(int channels, Seed seed)
    {
        var small = Stem == Entrance.Small;
        var convolution = ResidualBlock.Convolution(channels, FirstChannels, small ? 3 : 7, small ? 1 : 2, seed.For("conv1"));
        var norm = nn.BatchNorm2d(FirstChannels);
        yield return Layer.Of("conv1", convolution);
        yield return Layer.Of("bn1", norm);
        yield return Layer.Relu("relu");
        if (small) yield break;
        yield return new("maxpool", LayerKind.MaxPool, (x, _) => nn.functional.max_pool2d(x, 3, 2, 1))
        {
            Form = (writer, inputs) => writer.Pool("MaxPool", "maxpool", inputs[0], size: 3, stride: 2, padding: 1),
        };
    }
}

/// <summary>How an image enters a residual network.</summary>
internal enum Entrance
{
    /// <summary>A 3x3 convolution that keeps the size.</summary>
    Small,

    /// <summary>A 7x7 convolution and a 3x3 max pooling that halve the size twice, as for 224x224 photographs.</summary>
    Imagenet,
}
