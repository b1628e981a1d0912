using Pentimento.Attribution;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

/// <summary>A network whose logit 0 is 2a - 3b + 4c + 0d of four pixels: what each pixel adds is known.</summary>
public sealed class LinearAttributionTests
{
    // The pixels are 1/2, 1/4, 0 and 1: they add 1, -3/4, 0 and 0.
    private static readonly float[] Pixels = [0.5f, 0.25f, 0, 1];
    private static readonly float[] Weights = [2, -3, 4, 0];
    private static readonly float[] Products = [1, -0.75f, 0, 0];

    [Theory]
    [InlineData("input-gradient")]
    [InlineData("smooth-grad:samples=3,noise=0.5")]
    [InlineData("guided-backpropagation")]
    public void Gradients_are_the_weights(string spec) => Assert.Equal(Weights, Map(spec));

    [Theory]
    [InlineData("gradient-x-input")]
    [InlineData("integrated-gradients:steps=1")]
    [InlineData("integrated-gradients:steps=7")]
    [InlineData("occlusion:size=1,stride=1")]
    [InlineData("hires-cam")]
    public void What_a_pixel_adds_is_its_weight_times_its_value(string spec) =>
        Assert.All(Map(spec).Zip(Products), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

    [Fact]
    public void An_occluding_grey_takes_what_is_brighter_and_adds_what_is_darker() =>
        // w (x - 1/2): the third pixel is darker than the grey.
        Assert.All(Map("occlusion:size=1,stride=1,fill=0.5").Zip([0, 0.75f, -2, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

    [Fact]
    public void Rise_ranks_pixels_by_what_they_add_and_gives_nothing_to_the_others()
    {
        var map = Map("rise:masks=4000,cells=2");

        Assert.True(map[0] > 0.02, $"the first pixel got {map[0]}.");
        Assert.True(map[1] < -0.02, $"the second pixel got {map[1]}.");
        // Soft masks share a little with their neighbours.
        Assert.True(map[0] > 2 * Math.Abs(map[3]), $"the last pixel, which does nothing, got {map[3]}.");
    }

    [Fact]
    public void Uncentred_rise_is_nowhere_negative() => Assert.All(Map("rise:masks=100,cells=2,centered=false"), value => Assert.True(value > 0));

    [Fact]
    public void Smooth_grad_draws_other_noise_for_another_seed_and_the_same_for_the_same()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var (images, labels) = Oracle.Batch(0, 2);
        Tensor At(ulong seed) => new SmoothGrad(Samples: 2).Explain(network, images, labels, "relu3", RunContext.OnCpu(seed));

        Assert.True(At(1).allclose(At(1)));
        Assert.False(At(1).allclose(At(2)));
    }

    [Theory]
    // Channels x and 10x: logit 0 is 3 Σ x - Σ 10x, so what they lose together is known for each.
    [InlineData("xgrad-cam", new float[] { -7, -14, -21, -28 })]
    [InlineData("counterfactual-cam", new float[] { 7, 14, 21, 28 })]
    // Only the first channel has a positive gradient, 3.
    [InlineData("layer-cam", new float[] { 3, 6, 9, 12 })]
    // Without the first 3 * 10 is lost, without the second -100 is: of a logit of size 70.
    [InlineData("ablation-cam", new float[] { -13.857142f, -27.714285f, -41.571428f, -55.428571f })]
    // The common direction is (1, 10) / √101, along which the places lie at √101 x.
    [InlineData("eigen-cam", new float[] { 10.049876f, 20.099751f, 30.149627f, 40.199502f })]
    public void Channel_weights_are_those_worked_out_by_hand(string spec, float[] expected)
    {
        using var scope = NewDisposeScope();
        using var network = new Classifier(
            new Cnn3(),
            new(2, 2, 1),
            2,
            [
                new Layer("maps", LayerKind.Other, (x, _) => cat([x, 10 * x], 1)),
                new Layer(
                    "scores",
                    LayerKind.Other,
                    (x, _) => stack([(3 * x.select(1, 0)).sum([1, 2]) - x.select(1, 1).sum([1, 2]), x.sum([1, 2, 3])], 1),
                    Maps: false),
            ]);

        var map = Catalog
            .Read<AttributionMethod>(spec)
            .Explain(network, tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 2, 2), zeros(1, int64), "maps", RunContext.OnCpu());

        Assert.All(map.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void Guided_backpropagation_goes_back_twice_through_the_pool_that_a_block_and_its_shortcut_share()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(Entrance.Imagenet, [1], Bottleneck: false)
            .Build(new ResNet18(Entrance.Imagenet), new(16, 16, 3), 2, new(1));
        // Where no weight is negative no gradient is, and guiding changes nothing.
        using (no_grad())
        {
            foreach (var (_, parameter) in network.named_parameters()) parameter.abs_();
        }

        var images = arange(2 * 3 * 16 * 16, float32).reshape(2, 3, 16, 16) / 1536;
        var targets = tensor(new long[] { 0, 1 });
        Tensor MapBy(AttributionMethod method) => method.Explain(network, images, targets, "", RunContext.OnCpu());
        var plain = MapBy(new InputGradient());

        Assert.True(plain.abs().max().item<float>() > 0);
        Assert.True(MapBy(new GuidedBackpropagation()).allclose(plain, 1e-4, 1e-4 * plain.abs().max().item<float>()));
    }

    [Fact]
    public void Where_images_reach_the_logits_by_no_derivative_guided_backpropagation_is_refused_in_words()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Victim(2, 2, x => x.flatten(1).gt(0.5).to_type(float32));

        var refusal = Assert.Throws<BadInputException>(() =>
            new GuidedBackpropagation().Explain(network, ones(1, 1, 1, 2), zeros(1, int64), "", RunContext.OnCpu()));

        Assert.Contains("no gradient by its images", refusal.Message);
    }

    private static float[] Map(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = new Classifier(
            new Cnn3(),
            new(2, 2, 1),
            2,
            [
                new Layer("pixels", LayerKind.Other, (x, _) => x.alias()),
                new Layer(
                    "scores",
                    LayerKind.Other,
                    (x, _) => cat([(x.flatten(1) * tensor(Weights)).sum(1, keepdim: true), zeros(x.shape[0], 1)], 1),
                    Maps: false),
            ]);
        return Catalog
            .Read<AttributionMethod>(spec)
            .Explain(network, tensor(Pixels).view(1, 1, 2, 2), zeros(1, int64), "pixels", RunContext.OnCpu())
            .data<float>()
            .ToArray();
    }
}
