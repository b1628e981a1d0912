using Google.Protobuf;
using Pentimento.Editing;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Tests.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Editing;

/// <summary>Edited and decomposed networks as ONNX: what was put in stands there as nodes, and ONNX Runtime answers the same.</summary>
public sealed class EditedOnnxTests
{
    public static TheoryData<string, string> EveryVariantAndCut => new(
        from variant in Catalog.FamilyOf(typeof(Variant)).Members
        from cut in (string[])["Relu_5", "GlobalAveragePool_6", "Flatten_7"]
        select (variant.Name, cut));

    [Theory, MemberData(nameof(EveryVariantAndCut))]
    public void Ablated_and_steered_features_are_nodes(string variant, string cut)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var autoencoder = Dictionary(variant);
        var (keep, add) = (tensor([0f, 1, 1, 0.5f, 1, 1]), tensor([0f, 0.25f, 0, 0, 0, 0]));
        var edit = new FeatureEdit { Autoencoder = autoencoder.Variant, Count = 6 };

        AssertSame(network => Edited.Of(network, cut, edit, FeatureEdit.Of(autoencoder, keep, add)), changes: true);
    }

    [Theory, MemberData(nameof(EveryVariantAndCut))]
    public void An_inserted_reconstruction_is_nodes(string variant, string cut) =>
        AssertSame(network => Decomposed.Of(network, cut, Dictionary(variant)), changes: true);

    [Theory, InlineData("Relu_5"), InlineData("Flatten_7"), InlineData("Relu_5-flat")]
    public void Directions_projected_out_are_nodes(string cut)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var inputs = cut.EndsWith("-flat", StringComparison.Ordinal) ? 256 : 4;
        using var dice = new Seed(3).On(CPU);
        var (directions, origin) = (randn([2, inputs], generator: dice), rand([inputs], generator: dice));

        AssertSame(network => Edited.Of(Flattened.With(network, cut), cut, new Projection(2), Projection.Of(directions, origin)), changes: true);
    }

    [Fact]
    public void Nothing_edited_is_a_node_that_changes_nothing() =>
        AssertSame(network => Edited.Of(network, "Relu_5", new Untouched(), new Untouched().Begin(4)), changes: false);

    [Fact]
    public void Two_edits_stand_behind_each_other() => AssertSame(
        network => Edited.Of(
            Edited.Of(network, "Relu_1", new Projection(), Projection.Of(ones(1, 4), zeros(4))),
            "Flatten_7", new Projection(), Projection.Of(eye(4)[..1], ones(4))),
        changes: true);

    [Fact]
    public void Edits_of_a_network_of_our_own_are_nodes()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var edited = Edited.Of(TinyProblem.Network(), "pool2", new Projection(), Projection.Of(ones(1, 64), zeros(64)));
        var (images, _) = TinyProblem.Batch();
        ModelFile.Write(scratch.At("out.onnx"), edited, "");

        Assert.True(edited.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
    }

    private static void AssertSame(Func<Classifier, Classifier> change, bool changes)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        File.WriteAllBytes(scratch.At("in.onnx"), RoundTripTests.Residual().ToByteArray());
        var network = ModelFile.Read(scratch.At("in.onnx"));
        var images = RoundTripTests.Images(1, 8, 8);
        var before = network.call(images);
        using var edited = change(network);
        var after = edited.call(images);

        ModelFile.Write(scratch.At("out.onnx"), edited, "");
        using var back = ModelFile.Read(scratch.At("out.onnx"));

        Assert.Equal(changes, !before.allclose(after, 1e-3));
        Assert.True(after.allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
        Assert.True(after.allclose(back.call(images), 1e-4, 1e-5));
    }

    private static Autoencoder Dictionary(string variant)
    {
        var autoencoder = new Autoencoder(Catalog.Read<Variant>(variant == "top-k" ? "top-k:k=3" : variant), 4, 6);
        using var dice = new Seed(7).On(CPU);
        foreach (var parameter in autoencoder.parameters()) parameter.copy_(randn(parameter.shape, generator: dice) * 0.5);
        return autoencoder;
    }
}
