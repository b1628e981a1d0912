using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData("weights.npz")]
    [InlineData("weights.safetensors")]
    public void Logits_are_those_of_pytorch(string weights)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Oracle.Network(weights);

        Oracle.AssertClose("logits", network.call(Oracle.Batch(0, 256).Images), 1e-4);
    }

    [Fact]
    public void Activations_are_those_of_pytorch()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Oracle.Network();

        var activations = network.Head(Oracle.Batch(0, 256).Images, "relu3");

        Oracle.AssertClose("conv3_mean", activations.mean([2, 3]), 1e-4);
        Oracle.AssertClose("conv3_max", activations.amax([2, 3]), 1e-4);
        Oracle.AssertClose("conv3_first4", activations.slice(0, 0, 4, 1), 1e-4);
    }

    [Fact]
    public void Before_relu_a_cut_keeps_what_relu_takes_away()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = TinyProblem.Network();
        var (images, _) = TinyProblem.Batch();

        var before = network.Head(images, "conv1");

        Assert.True(before.min().item<float>() < 0);
        Assert.True(before.clamp(min: 0).equal(network.Head(images, "relu1")).all().item<bool>());
    }

    [Fact]
    public void An_unknown_layer_is_refused_and_the_nearest_proposed()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var (images, _) = TinyProblem.Batch();

        Assert.Contains("no layer 'relu4'; did you mean 'relu", Assert.Throws<BadInputException>(() => network.Head(images, "relu4")).Message);
        Assert.Throws<BadInputException>(() => network.Tail(images, "relu4"));
    }

    [Fact]
    public void The_last_layer_of_maps_after_relu_is_known() => Assert.Equal("relu3", TinyProblem.Network().LastRelu);

    [Fact]
    public void Dropout_draws_from_the_networks_own_dice_and_only_in_training()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = TinyProblem.Network();
        var (images, _) = TinyProblem.Batch();

        Assert.Equal(Logits(network, images, training: true, 1), Logits(network, images, training: true, 1));
        Assert.NotEqual(Logits(network, images, training: true, 1), Logits(network, images, training: true, 2));
        Assert.Equal(Logits(network, images, training: false, 1), Logits(network, images, training: false, 2));
    }

    [Fact]
    public void Dropout_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = new Cnn3(Dropout: 0.5).Build(TinyProblem.Shape, 3, new(1));
        var images = TinyProblem.Batch(1).Images.expand(4000, 1, 8, 8);
        var expected = network.call(images).mean([0]);
        network.train();
        using var dice = new Seed(1).On(CPU);
        network.DropoutGenerator = dice;

        // 4000 draws of 128 halved units: the mean logit strays by about a hundredth of the units' own size.
        Assert.True((network.call(images).mean([0]) - expected).abs().max().item<float>() < 0.01);
    }

    private static float[] Logits(Classifier network, Tensor images, bool training, ulong seed)
    {
        network.train(training);
        using var dice = new Seed(seed).On(CPU);
        network.DropoutGenerator = dice;
        return network.call(images).data<float>().ToArray();
    }
}
