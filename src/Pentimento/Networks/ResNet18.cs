using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>ResNet-18 with torchvision's names: a first convolution, eight residual blocks of 64 to 512 channels, the mean of each map.</summary>
/// <remarks>
/// He, Zhang, Ren and Sun, 2016, "Deep residual learning for image recognition", arXiv:1512.03385, table 1 and section 4.2 (the small stem is the one
/// they use on CIFAR-10). First values as torchvision: He et al., 2015, arXiv:1502.01852, over outputs. Each block can be cut behind it.
/// </remarks>
/// <param name="Stem">How the image enters.</param>
[Called("resnet18")]
public sealed record ResNet18(Entrance Stem = Entrance.Small) : Architecture
{
    private static readonly int[] Channels = [64, 128, 256, 512];

    /// <inheritdoc/>
    public override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        Require.That(
            shape.Height >= 8 && shape.Width >= 8,
            $"resnet18 halves images at least three times, so they must be at least 8x8; got {shape}.");
        List<Node> nodes = [];
        foreach (var layer in First(shape.Channels, seed)) nodes.Add(Node.Of(layer, Last(nodes), layer.Name));
        var from = Channels[0];
        for (var stage = 1; stage <= Channels.Length; stage++)
        {
            for (var block = 0; block < 2; block++)
            {
                var name = $"layer{stage}.{block}";
                var residual = new ResidualBlock(name, from, Channels[stage - 1], stride: stage > 1 && block == 0 ? 2 : 1, seed.For(name));
                nodes.AddRange(residual.Nodes(Last(nodes)));
                from = Channels[stage - 1];
            }
        }

        var pool = new Layer("avgpool", LayerKind.Other, (x, _) => x.mean([2, 3]), Maps: false)
        {
            Form = (writer, inputs) => writer.Flat(writer.Add("GlobalAveragePool", "avgpool", inputs)),
        };
        nodes.Add(Node.Of(pool, Last(nodes), pool.Name));
        nodes.Add(Node.Of(Layer.Linear("fc", from, classes, seed), Last(nodes), "fc"));
        return new(this, shape, classes, new Graph(nodes, "fc", "avgpool"));
    }

    /// <inheritdoc/>
    public override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        Expect(shapes, ("conv1.weight", 4), ("fc.weight", 2));
        // Its weights fit every size; these are the ones that each stem is made for.
        var size = Stem == Entrance.Small ? 28 : 224;
        return (new(size, size, (int)shapes["conv1.weight"][1]), (int)shapes["fc.weight"][0]);
    }

    private static string Last(List<Node> nodes) => nodes.Count == 0 ? Graph.Images : nodes[^1].Outputs[0];

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => 11_000_000 + (512L * classes);

    private IEnumerable<Layer> First(int channels, Seed seed)
    {
        var small = Stem == Entrance.Small;
        var convolution = ResidualBlock.Convolution(channels, Channels[0], small ? 3 : 7, small ? 1 : 2, seed.For("conv1"));
        var norm = nn.BatchNorm2d(Channels[0]);
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
public enum Entrance
{
    /// <summary>A 3x3 convolution that keeps the size.</summary>
    Small,

    /// <summary>A 7x7 convolution and a 3x3 max pooling that halve the size twice, as for 224x224 photographs.</summary>
    Imagenet,
}
