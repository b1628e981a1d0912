using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;

namespace Pentimento.Editing;

/// <summary>A decomposed network: an autoencoder's reconstruction is inserted at a cut, and its features are a cut of their own, <c>features</c>,
/// so that methods for neurons apply to features.</summary>
/// <remarks>This software's form of a network with the reconstruction inserted; the autoencoder itself says where it was published.</remarks>
internal sealed record Decomposed : Architecture
{
    /// <summary>The name of the cut whose activations are the features.</summary>
    public const string Features = "features";

    /// <summary>The network's architecture.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The cut at which the autoencoder is inserted.</summary>
    public string Layer { get; init; } = "fc1";

    /// <summary>The kind of autoencoder.</summary>
    public Variant Autoencoder { get; init; } = new TopK();

    /// <summary>The number of features; 0 for no autoencoder.</summary>
    [Range(0, 10_000_000)]
    public int Count { get; init; }

    /// <inheritdoc/>
    internal override bool ComputesInBfloat16 => false;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var network = Network.Build(shape, classes, seed);
        return Count == 0 ? network.As(this) : Insert(network, this, new(Autoencoder, CutActivations.Inputs(network, Layer), Count));
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => Network.LeastWeights(shape, classes);

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <summary>Inserts an autoencoder: network and autoencoder become part of the result, which is to be disposed in their place.</summary>
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
                new(Features, LayerKind.Other, (x, _) => CutActivations.Shape(autoencoder.Encode(CutActivations.Rows(x)), x), autoencoder, maps)
                {
                    Form = CutActivations.Form(network, architecture.Layer, Features, autoencoder.EncodeForm),
                })
            .With(architecture, Features, maps =>
                new("rebuilt", LayerKind.Other, (x, _) => CutActivations.Shape(autoencoder.Decode(CutActivations.Rows(x)), x), Maps: maps)
                {
                    Form = CutActivations.Form(network, architecture.Layer, "rebuilt", (writer, features) =>
                        autoencoder.DecodeForm(writer, "decoded", features)),
                });
    }
}
