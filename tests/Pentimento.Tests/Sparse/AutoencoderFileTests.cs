using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse;

/// <summary>An autoencoder's file says which network it learned from.</summary>
public sealed class AutoencoderFileTests
{
    [Fact]
    public void Beside_its_own_network_nothing_is_said_and_beside_another_a_sentence()
    {
        using var scratch = new Scratch();
        using var own = Oracle.Network();
        using var other = Changed();
        var file = Write(scratch, WeightHash.Of(own));

        Assert.Null(AutoencoderFile.Caution(file, own));
        Assert.Equal(
            $"{file} learned from fc1 of a network with other weights than this one: its features may stand for nothing here.",
            AutoencoderFile.Caution(file, other));
    }

    [Fact]
    public void A_network_is_known_by_its_weights_and_not_by_its_file()
    {
        using var scratch = new Scratch();
        using var own = Oracle.Network();
        ModelFile.Write(scratch.At("renamed.safetensors"), own, "{}");
        using var copy = ModelFile.Read(scratch.At("renamed.safetensors"), null);

        Assert.Null(AutoencoderFile.Caution(Write(scratch, WeightHash.Of(own)), copy));
    }

    [Fact]
    public void A_file_that_does_not_say_is_taken_as_it_is()
    {
        using var scratch = new Scratch();
        using var own = Oracle.Network();

        Assert.Null(AutoencoderFile.Caution(Write(scratch, ""), own));
    }

    private static string Write(Scratch scratch, string network)
    {
        using var autoencoder = new Autoencoder(new TopK(K: 2), 128, 4);
        AutoencoderFile.Write(scratch.At("features.safetensors"), autoencoder, "fc1", "{}", network);
        return scratch.At("features.safetensors");
    }

    /// <summary>The oracle's network with other weights.</summary>
    private static Classifier Changed()
    {
        using var still = no_grad();
        var network = Oracle.Network();
        network.parameters().First().add_(1);
        return network;
    }
}
