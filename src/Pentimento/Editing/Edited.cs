using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>An edited network: one more layer edits the activations at a cut. It is saved, loaded, explained and attacked like any other
/// network.</summary>
/// <remarks>This software's form of an edited network; the edit itself says where it was published.</remarks>
internal sealed record Edited : Architecture
{
    /// <summary>The architecture before the edit.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The cut whose activations are edited.</summary>
    public string Layer { get; init; } = "fc1";

    /// <summary>The edit.</summary>
    public NetworkEdit Edit { get; init; } = new Untouched();

    /// <inheritdoc/>
    internal override bool ComputesInBfloat16 => false;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var network = Network.Build(shape, classes, seed);
        return Insert(network, this, Edit.Begin(CutActivations.Inputs(network, Layer)));
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => Network.LeastWeights(shape, classes);

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes) => Network.Infer(shapes);

    /// <summary>Inserts an edit: the network becomes part of the result, which is to be disposed in its place.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The cut whose activations are edited.</param>
    /// <param name="edit">The kind of edit.</param>
    /// <param name="change">The edit's module, rows (N, C) to rows.</param>
    public static Classifier Of(Classifier network, string layer, NetworkEdit edit, nn.Module<Tensor, Tensor> change) =>
        Insert(network, new() { Network = network.Architecture, Layer = layer, Edit = edit }, change);

    private static Classifier Insert(Classifier network, Edited architecture, nn.Module<Tensor, Tensor> change)
    {
        change.eval();
        var before = network.Cuts.Count(cut => cut.StartsWith("edited", StringComparison.Ordinal));
        var name = before == 0 ? "edited" : $"edited{before + 1}";
        return network.With(architecture, architecture.Layer, maps =>
            new(name, LayerKind.Other, (activations, _) => CutActivations.Shape(change.call(CutActivations.Rows(activations)), activations),
            change, maps)
            {
                Form = CutActivations.Form(network, architecture.Layer, name, (writer, rows) => architecture.Edit.Form(change, writer, rows)),
            });
    }
}
