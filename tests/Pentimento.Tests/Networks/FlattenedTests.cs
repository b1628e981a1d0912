using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class FlattenedTests
{
    [Fact]
    public void Each_place_of_each_channel_is_a_neuron_and_the_answers_stay_the_same_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var images = Oracle.Batch(0, 4).Images;
        using var plain = Oracle.Network();
        var maps = plain.Head(images, "pool2");

        using var flat = Flattened.With(Oracle.Network(), "pool2-flat");
        var neurons = flat.Head(images, "pool2-flat");

        Assert.Equal([4, 64 * 7 * 7], neurons.shape);
        // Channel 5 at row 2 and column 3.
        Assert.True(neurons.select(1, (((2 * 7) + 3) * 64) + 5).equal(maps.select(1, 5).select(1, 2).select(1, 3)).all().item<bool>());
        Assert.True(flat.Head(images, "pool2-maps").equal(maps).all().item<bool>());
        Assert.True(flat.call(images).equal(plain.call(images)).all().item<bool>());
        Assert.DoesNotContain("pool2-flat", flat.Maps);
        Assert.Contains("pool2-maps", flat.Maps);
    }

    [Fact]
    public void It_is_written_read_and_operated_on_at_one_place_alone()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var images = Oracle.Batch(0, 4).Images;
        const int Neuron = (((2 * 7) + 3) * 64) + 5;
        var axis = eye(64 * 7 * 7).slice(0, Neuron, Neuron + 1, 1);
        using var operated = Edited.Of(
            Flattened.With(Oracle.Network(), "pool2-flat"),
            "pool2-flat",
            new Projection(1),
            Projection.Of(axis, zeros(64 * 7 * 7)));

        ModelFile.Write(scratch.At("operated.safetensors"), operated, "");
        using var read = ModelFile.Read(scratch.At("operated.safetensors"));
        var expected = read.Head(images, "pool2").clone();
        expected[TensorIndex.Colon, TensorIndex.Single(5), TensorIndex.Single(2), TensorIndex.Single(3)] = 0;

        Assert.True(read.Head(images, "pool2-maps").allclose(expected, atol: 1e-6));
        Assert.True(read.call(images).allclose(read.Tail(expected, "pool2-maps"), atol: 1e-5));
    }

    [Fact]
    public void An_autoencoder_of_flattened_maps_knows_places()
    {
        using var scope = NewDisposeScope();
        using var network = Flattened.With(Oracle.Network(), "pool3-flat");
        using var features = new Autoencoder(new TopK(K: 8), CutActivations.Inputs(network, "pool3-flat"), 40);

        Assert.Equal((576, 1), (features.Inputs, CutActivations.Places(network, "pool3-flat")));
    }

    [Theory]
    [InlineData("fc1-flat", "fc1 has no maps to flatten")]
    [InlineData("pool9-flat", "no layer 'pool9'")]
    public void What_has_no_maps_is_refused(string cut, string part)
    {
        using var network = Oracle.Network();

        Assert.Contains(part, Assert.Throws<BadInputException>(() => Flattened.With(network, cut)).Message, StringComparison.Ordinal);
        Assert.Same(network, Flattened.With(network, "pool3"));
    }
}
