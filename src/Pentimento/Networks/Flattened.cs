using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A network with one more cut, at which each place of each channel is a neuron of its own: <c>pool3-flat</c> after <c>pool3</c>.
/// It answers as it did.</summary>
/// <remarks>
/// This software's way of looking at maps densely: whatever works on neurons (sparse autoencoders, surgery, probing) can then tell places
/// apart. Neuron
/// p·C + c is channel c at place p, places counted row by row, so that channels-last maps are flattened without being copied.
/// </remarks>
internal sealed record Flattened : Architecture
{
    private const string Suffix = "-flat";

    /// <summary>The network before.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The cut whose maps are flattened.</summary>
    public string Layer { get; init; } = "pool3";

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed) => Of(Network.Build(shape, classes, seed), this);

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => Network.LeastWeights(shape, classes);

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <summary>The network with the cut that a name asks for, if it ends in <c>-flat</c> and is not there yet, else the network. Both
    /// share their weights, so only the answer is to be disposed.</summary>
    /// <exception cref="BadInputException">There is no such layer before it, or its activations are no maps.</exception>
    public static Classifier With(Classifier network, string cut) => cut.EndsWith(Suffix, StringComparison.Ordinal) && !network.Cuts.Contains(cut)
        ? Of(network, new() { Network = network.Architecture, Layer = cut[..^Suffix.Length] })
        : network;

    private static Classifier Of(Classifier network, Flattened architecture)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var layer = architecture.Layer;
        var maps = network
            .Head(zeros(1, network.Shape.Channels, network.Shape.Height, network.Shape.Width, device: network.parameters().First().device), layer)
            .shape;
        Require.That(maps.Length == 4, $"{layer} has no maps to flatten: its {maps[^1]} activations are neurons already.");
        return network
            .With(architecture, layer, _ => new(layer + Suffix, LayerKind.Other, (x, _) => x.permute(0, 2, 3, 1).flatten(1), Maps: false)
            {
                Form = (writer, inputs) => writer.Flat(writer.Transposed(layer + Suffix, inputs[0], 0, 2, 3, 1)),
            })
            .With(architecture, layer + Suffix, _ =>
                new($"{layer}-maps", LayerKind.Other, (x, _) => x.view(-1, maps[2], maps[3], maps[1]).permute(0, 3, 1, 2))
                {
                    Form = (writer, inputs) =>
                        writer.Transposed($"{layer}-maps", writer.Reshaped(inputs[0], -1, maps[2], maps[3], maps[1]), 0, 3, 1, 2),
                });
    }
}
