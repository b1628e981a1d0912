using Google.Protobuf;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Tests.Networks.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>Batch normalisation folded into convolutions: the same answers and gradients of images with fewer nodes.</summary>
public sealed class BatchNormFoldingTests
{
    [Theory]
    [InlineData("resnet18", 20)]
    [InlineData("resnet50", 53)]
    [InlineData("onnx", 1)]
    [InlineData("cnn3", 0)]
    public void Answers_and_gradients_agree(string name, int pairs)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var network = name == "onnx"
            ? ModelFile.Read(scratch.Write("in.onnx", RoundTripTests.Residual().ToByteArray()))
            : Stirred(Catalog.Read<Pentimento.Networks.Architecture>(name).Build(new(16, 16, 3), 4, new(1)));
        network.to(float64);
        var images = RoundTripTests.Images(network.Shape.Channels, network.Shape.Height, network.Shape.Width).to_type(float64).requires_grad_();

        var folded = network.Folded();

        Assert.Equal(network.Graph.Nodes.Count - pairs, folded.Graph.Nodes.Count);
        Assert.DoesNotContain(folded.Graph.Nodes, node => node.Affine is not null);
        var (expected, answered) = (network.call(images), folded.call(images));
        Assert.True(expected.allclose(answered, 1e-9, 1e-9));
        Assert.True(Gradient(expected, images).allclose(Gradient(answered, images), 1e-8, 1e-9));
    }

    [Fact]
    public void A_large_network_reads_folded_and_leaves_nothing_behind()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Stirred(Catalog.Read<Pentimento.Networks.Architecture>("resnet18:stem=imagenet").Build(new(224, 224, 3), 4, new(1)));
        var images = rand([1, 3, 224, 224], generator: new Seed(2).On(CPU));
        var expected = network.call(images);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (var reading = new ReadingNetwork(network))
        {
            Assert.NotSame(network, reading.Network);
            using var answered = reading.Network.call(images);
            Assert.True(expected.allclose(answered, 1e-3, 1e-4));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(expected.allclose(network.call(images)));
    }

    [Fact]
    public void A_small_network_reads_as_it_is()
    {
        using var network = Catalog.Read<Pentimento.Networks.Architecture>("cnn3").Build(new(28, 28, 3), 4, new(1));
        using var reading = new ReadingNetwork(network);

        Assert.Same(network, reading.Network);
    }

    private static Tensor Gradient(Tensor logits, Tensor images) => autograd.grad([logits.select(1, 0).sum()], [images])[0];

    /// <summary>Statistics and scales as after a training.</summary>
    private static Classifier Stirred(Classifier network)
    {
        using var still = no_grad();
        using var dice = new Seed(3).On(CPU);
        foreach (var (key, value) in network.state_dict().Where(pair => pair.Value.dim() == 1))
        {
            if (key.Contains("running_mean", StringComparison.Ordinal)) value.copy_(randn(value.shape, generator: dice) * 0.1);
            else if (!key.StartsWith("fc", StringComparison.Ordinal)) value.copy_((rand(value.shape, generator: dice) * 0.5) + 0.75);
        }

        return network;
    }
}
