using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class Cnn3Tests
{
    private static readonly ImageShape Shape = new(28, 28, 3);

    [Fact]
    public void A_gaussian_stem_gives_every_filter_the_normalised_kernel_over_all_colours()
    {
        using var network = Build("cnn3:stem=gaussian,size=3,sigma=1");

        var kernel = (float[])Weights.Of(network)["conv1.weight"].Data;

        // exp(-d²/2) for d² = 2, 1, 0, divided by the sum 4 e^-1 + 4 e^-0.5 + 1.
        float[] plane = [0.0751136f, 0.1238414f, 0.0751136f, 0.1238414f, 0.2041800f, 0.1238414f, 0.0751136f, 0.1238414f, 0.0751136f];
        Assert.Equal(32 * 3 * 9, kernel.Length);
        for (var at = 0; at < kernel.Length; at++) Assert.Equal(plane[at % 9], kernel[at], 1e-6);
        Assert.All((float[])Weights.Of(network)["conv1.bias"].Data, bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void A_gaussian_stem_sees_the_sum_of_the_colours_and_one_per_colour_keeps_them_apart()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var grey = Build("cnn3:stem=gaussian,size=5,sigma=2");
        using var colored = Build("cnn3:stem=gaussian-per-color,size=5,sigma=2");
        var images = Oracle.Batch(0, 8).Images;

        var (sum, apart) = (grey.Head(images, "conv1"), colored.Head(images, "conv1"));

        // All 32 filters answer alike, and they add up what the colours' own filters answer.
        Assert.True(sum.allclose(sum.slice(1, 0, 1, 1).expand_as(sum)));
        Assert.True(sum.slice(1, 0, 1, 1).allclose(apart.slice(1, 0, 3, 1).sum(1, keepdim: true), atol: 1e-5));
        Assert.True(apart.slice(1, 3, 6, 1).equal(apart.slice(1, 0, 3, 1)).all().item<bool>());
        Assert.False(apart.slice(1, 0, 1, 1).allclose(apart.slice(1, 1, 2, 1)));
        // Away from the border a blur keeps the mean.
        Assert.True(colored.Head(full([1, 3, 28, 28], 0.5f), "conv1").slice(2, 2, 26, 1).slice(3, 2, 26, 1).allclose(full([1, 32, 24, 24], 0.5f)));
    }

    [Theory]
    [InlineData("adam:weight-decay=0.1")]
    [InlineData("sgd:learning-rate=0.1,weight-decay=0.5")]
    public void Training_changes_no_frozen_weight_not_even_by_decay(string optimizer)
    {
        using var network = Catalog.Read<Pentimento.Networks.Architecture>("cnn3:stem=gaussian").Build(TinyProblem.Shape, 3, new(1));
        var before = Weights.Of(network);
        var options = new TrainingOptions { Optimizer = Catalog.Read<Optimizer>(optimizer), Epochs = 1, Batch = 24 };

        Trainer.Train(network, options, new([TinyProblem.Separable(96)]), TrainingLog.Empty, RunContext.OnCpu());

        var after = Weights.Of(network);
        Assert.Equal(before["conv1.weight"].Data, after["conv1.weight"].Data);
        Assert.Equal(before["conv1.bias"].Data, after["conv1.bias"].Data);
        Assert.NotEqual(before["conv2.weight"].Data, after["conv2.weight"].Data);
    }

    [Fact]
    public void Pooling_channel_by_channel_is_ordinary_max_pooling_bit_for_bit_in_training_too()
    {
        using var scope = NewDisposeScope();
        using var usual = Build("cnn3");
        using var apart = Build("cnn3:pooling=channel-wise");
        var (images, labels) = Oracle.Batch(0, 32);

        Assert.Equal(Values(usual.Head(images, "pool1")), Values(apart.Head(images, "pool1")));
        Assert.Equal(Values(usual.call(images)), Values(apart.call(images)));
        // Layer by layer: where nobody looks between them, ordinary pooling is done together with ReLU and bias.
        Tensor Layers(Classifier network) => network.Run(images, network.Cuts.ToDictionary(cut => cut, _ => (Func<Tensor, Tensor>)(value => value)));
        foreach (var network in new[] { usual, apart }) nn.functional.cross_entropy(Layers(network), labels).backward();
        foreach (var (ours, theirs) in usual.parameters().Zip(apart.parameters())) Assert.Equal(Values(ours.grad!), Values(theirs.grad!));
    }

    [Fact]
    public void Channel_wise_pooling_takes_each_channels_own_maxima()
    {
        using var scope = NewDisposeScope();
        // Channel 0 counts up, channel 1 counts down.
        var rising = arange(16f).view(1, 1, 4, 4);
        using var network = new Classifier(new Cnn3(), new(4, 4, 1), 8, [Layer.ChannelWiseMaxPool("pool")]);

        Assert.Equal([5, 7, 13, 15, 0, -2, -8, -10], Values(network.call(cat([rising, -rising], 1))));
    }

    [Fact]
    public void A_kernel_needs_a_middle() =>
        Assert.Contains(
            "must be odd, so that its kernel has a middle; got 4",
            Assert.Throws<BadInputException>(() => Build("cnn3:stem=gaussian,size=4")).Message);

    private static Classifier Build(string spec) => Catalog.Read<Pentimento.Networks.Architecture>(spec).Build(Shape, 10, new(1));

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
