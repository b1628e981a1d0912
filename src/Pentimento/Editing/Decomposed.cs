using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;

namespace Pentimento.Editing;

/// <summary>A network with an autoencoder in its chain: the features are a cut of their own, <c>features</c>, so that whatever looks at
/// neurons sees features; the rest runs on what they rebuild.</summary>
/// <remarks>This software's form of a network with the reconstruction spliced in; the autoencoder itself says where it was published.</remarks>
public sealed record Decomposed : Architecture
{
    /// <summary>The cut whose activations are the features'.</summary>
    public const string Features = "features";

    /// <summary>The network before.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The cut that is taken apart.</summary>
    public string Layer { get; init; } = "fc1";

    /// <summary>The kind of autoencoder.</summary>
    public Variant Autoencoder { get; init; } = new TopK();

    /// <summary>How many features it has; 0 for a network that is not taken apart.</summary>
    [Range(0, 10_000_000)]
    public int Count { get; init; }

    /// <inheritdoc/>
    public override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var network = Network.Build(shape, classes, seed);
        return Count == 0 ? network.As(this) : Insert(network, this, new(Autoencoder, Cut.Inputs(network, Layer), Count));
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => Network.LeastWeights(shape, classes);

    /// <inheritdoc/>
    public override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <summary>Splices an autoencoder in: network and autoencoder become part of the answer, which is to be disposed in their place.</summary>
    public static Classifier Of(Classifier network, string layer, Autoencoder autoencoder) =>
        Insert(
            network,
            new()
            {
                Network = network.Architecture,
                Layer = layer,
                Autoencoder = autoencoder.Variant,
                Count = (int)autoencoder.Features,
            },
            autoencoder);

    private static Classifier Insert(Classifier network, Decomposed architecture, Autoencoder autoencoder)
    {
        foreach (var parameter in autoencoder.parameters()) parameter.requires_grad = false;
        return network
            .With(architecture, architecture.Layer, maps =>
                new(Features, LayerKind.Other, (x, _) => Cut.Shape(autoencoder.Encode(Cut.Rows(x)), x), autoencoder, maps))
            .With(architecture, Features, maps =>
                new("rebuilt", LayerKind.Other, (x, _) => Cut.Shape(autoencoder.Decode(Cut.Rows(x)), x), Maps: maps));
    }
}
