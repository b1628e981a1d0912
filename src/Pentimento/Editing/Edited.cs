using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>A network with a change of the activations at one of its cuts, as one more layer: it saves, loads, explains and is attacked
/// like any other.</summary>
/// <remarks>This software's form of an operated network; the change itself says where it was published.</remarks>
public sealed record Edited : Architecture
{
    /// <summary>The network before the operation.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The cut after which the change is made.</summary>
    public string Layer { get; init; } = "fc1";

    /// <summary>The change.</summary>
    public Edit Edit { get; init; } = new Untouched();

    /// <inheritdoc/>
    public override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var network = Network.Build(shape, classes, seed);
        return Insert(network, this, Edit.Begin(Cut.Inputs(network, Layer)));
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => Network.LeastWeights(shape, classes);

    /// <inheritdoc/>
    public override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <summary>Operates: the network becomes part of the answer, which is to be disposed in its place.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The cut after which the change is made.</param>
    /// <param name="edit">What kind of change it is.</param>
    /// <param name="change">The change with its weights, rows (N, C) to rows.</param>
    public static Classifier Of(Classifier network, string layer, Edit edit, nn.Module<Tensor, Tensor> change) =>
        Insert(network, new() { Network = network.Architecture, Layer = layer, Edit = edit }, change);

    private static Classifier Insert(Classifier network, Edited architecture, nn.Module<Tensor, Tensor> change)
    {
        change.eval();
        var before = network.Cuts.Count(cut => cut.StartsWith("edited", StringComparison.Ordinal));
        var name = before == 0 ? "edited" : $"edited{before + 1}";
        return network.With(architecture, architecture.Layer, maps =>
            new(name, LayerKind.Other, (activations, _) => Cut.Shape(change.call(Cut.Rows(activations)), activations), change, maps));
    }
}
