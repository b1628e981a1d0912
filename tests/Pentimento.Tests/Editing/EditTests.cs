using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using Pentimento.Tests.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Editing;

public sealed class EditTests
{
    [Theory]
    [InlineData("fc1", 128)]
    [InlineData("relu3", 64)]
    [InlineData("conv1", 32)]
    public void With_nothing_muted_no_bit_of_an_answer_changes(string layer, int inputs)
    {
        using var scope = NewDisposeScope();
        var images = Oracle.Batch(0, 64).Images;
        var before = Bits(Oracle.Network(), images);
        using var features = Random(inputs);

        using var operated = Edited.Of(Oracle.Network(), layer, Kind(features), FeatureEdit.Ablation(features, [], zeros(features.Features)));
        using var ablated = Edited.Of(Oracle.Network(),
            layer, Kind(features), FeatureEdit.Ablation(features, [0, 1, 2, 3], zeros(features.Features)));

        Assert.Equal(before, Bits(operated, images));
        Assert.NotEqual(before, Bits(ablated, images));
    }

    [Fact]
    public void Muting_takes_a_feature_out_and_leaves_what_the_autoencoder_cannot_rebuild()
    {
        // Features read inputs 0 and 1; input 2 is seen by none.
        using var scope = NewDisposeScope();
        using var features = ReconstructionTests.Copying(
            tensor(
                new float[,]
                {
                    { 1, 0 },
                    { 0, 1 },
                    { 0, 0 },
                }
            ),
            tensor(
                new float[,]
                {
                    { 1, 0, 0 },
                    { 0, 1, 0 },
                }
            ));
        var rows = tensor(
            new float[,]
            {
                { 2, 3, 5 },
                { -1, 4, 6 },
            }
        );

        var zero = FeatureEdit.Ablation(features, [1], zeros(2)).call(rows);
        var mean = FeatureEdit.Ablation(features, [1], tensor(new float[] { 9, 7 })).call(rows);
        var steered = FeatureEdit.Of(features, ones(2), tensor(new float[] { 10, 0 })).call(rows);
        var halved = FeatureEdit.Of(features, tensor(new float[] { 0.5f, 1 }), zeros(2)).call(rows);

        Assert.Equal([2, 0, 5, -1, 0, 6], zero.data<float>().ToArray());
        Assert.Equal([2, 7, 5, -1, 7, 6], mean.data<float>().ToArray());
        Assert.Equal([12, 3, 5, 9, 4, 6], steered.data<float>().ToArray());
        // Feature 0 is silent at -1, so that half of it is nothing.
        Assert.Equal([1, 3, 5, -1, 4, 6], halved.data<float>().ToArray());
    }

    [Fact]
    public void Projecting_out_makes_rows_equal_along_a_direction_however_long_it_is()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new float[,] { { 2, 3, 5 }, { -1, 4, 6 } });

        var axis = Projection.Of(tensor(new float[,] { { 0, 7, 0 } }), zeros(3)).call(rows);
        var plane = Projection.Of(tensor(new float[,] { { 1, 1, 0 }, { 1, 0, 0 } }), tensor(new float[] { 1, 2, 100 })).call(rows);

        Assert.True(axis.allclose(tensor(new float[,] { { 2, 0, 5 }, { -1, 0, 6 } }), atol: 1e-5));
        Assert.True(plane.allclose(tensor(new float[,] { { 1, 2, 5 }, { 1, 2, 6 } }), atol: 1e-5));
    }

    [Fact]
    public void An_operated_network_is_written_read_and_operated_again()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var images = Oracle.Batch(0, 16).Images;
        using var features = Random(128);
        var once = Edited.Of(Oracle.Network(), "fc1", Kind(features), FeatureEdit.Ablation(features, [3, 5], zeros(features.Features)));
        using var twice = Edited.Of(once, "pool2", new Projection(2), Projection.Of(eye(64).slice(0, 0, 2, 1), zeros(64)));

        ModelFile.Write(scratch.At("operated.safetensors"), twice, "");
        using var read = ModelFile.Read(scratch.At("operated.safetensors"));

        Assert.Equal(["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "edited2", "conv3", "relu3", "pool3", "fc1", "edited", "fc2"], read.Cuts);
        Assert.Equal(Bits(twice, images), Bits(read, images));
        Assert.Equal(twice.Architecture, read.Architecture);
        Assert.All(read.Cuts, cut => Assert.Equal(Bits(read, images), read.Tail(read.Head(images, cut), cut).data<float>().ToArray()));
    }

    [Theory]
    [InlineData("fc1", 128)]
    [InlineData("pool3", 64)]
    public void Features_become_a_cut_of_their_own(string layer, int inputs)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var images = Oracle.Batch(0, 16).Images;
        using var whole = Oracle.Network();
        using var features = Random(inputs);
        var codes = features.Encode(CutActivations.Rows(whole.Head(images, layer)));
        var logits = CutActivations.Logits(whole, layer, whole.Head(images, layer), features.call);

        using var seen = Decomposed.Of(Oracle.Network(), layer, Random(inputs));
        ModelFile.Write(scratch.At("seen.safetensors"), seen, "");
        using var read = ModelFile.Read(scratch.At("seen.safetensors"));

        Assert.True(CutActivations.Rows(read.Head(images, "features")).allclose(codes, atol: 1e-5));
        Assert.True(read.call(images).allclose(logits, atol: 1e-4));
        Assert.Equal(layer == "pool3", read.Maps.Contains("features"));
    }

    internal static Autoencoder Random(long inputs, long features = 40)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var dice = new Seed(6).On(CPU);
        var autoencoder = new Autoencoder(new TopK(K: 8), inputs, features);
        autoencoder.Encoder.copy_(randn(inputs, features, float32, CPU, generator: dice));
        autoencoder.Decoder.copy_(randn(features, inputs, float32, CPU, generator: dice));
        return autoencoder;
    }

    internal static FeatureEdit Kind(Autoencoder features) => new() { Autoencoder = features.Variant, Count = (int)features.Features };

    private static float[] Bits(Classifier network, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return network.call(images).data<float>().ToArray();
    }
}
