using Pentimento.Attribution;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class GradCamTests
{
    private static readonly GradCam Method = new();

    [Theory]
    [InlineData("pred")]
    [InlineData("true")]
    public void Maps_and_evidence_are_captums(string target)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var targets = target == "pred" ? Oracle.Answers() : Oracle.Images.Labels;

        var maps = Method.ExplainSet(network, Oracle.Images, targets, "relu3", RunContext.OnCpu());

        Oracle.AssertClose($"cam_captum_raw_{target}", maps, 1e-5);
        Oracle.AssertClose($"cam_captum_up_{target}", AttributionMethod.Evidence(maps.slice(0, 0, 32, 1), Oracle.Images.Shape), 1e-5);
    }

    [Fact]
    public void On_a_linear_tail_it_is_the_weighted_sum_of_channels()
    {
        // Logit 0 is 3 times the sum of channel 0 minus the sum of channel 1: mean gradients 3 and -1 over the four places.
        using var scope = NewDisposeScope();
        using var network = TwoChannels();
        var images = tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 2, 2);

        var map = Method.Explain(network, images, tensor(new long[] { 0 }), "maps", RunContext.OnCpu());

        // Channel 0 is x, channel 1 is 10 x: 3x - 10x.
        Assert.Equal([-7, -14, -21, -28], map.data<float>().ToArray());
        Assert.Equal([1, 2, 2], map.shape);
    }

    [Fact]
    public void The_weight_of_a_channel_is_the_mean_of_its_gradient_not_the_gradient_in_place()
    {
        // Logit 1 reads the first place of channel 0 alone: gradient 4 there, mean 1 everywhere.
        using var scope = NewDisposeScope();
        using var network = TwoChannels();

        var map = Method.Explain(network, tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 2, 2), tensor(new long[] { 1 }), "maps", RunContext.OnCpu());

        Assert.Equal([1, 2, 3, 4], map.data<float>().ToArray());
    }

    [Fact]
    public void Negative_maps_are_no_evidence()
    {
        using var scope = NewDisposeScope();

        var evidence = AttributionMethod.Evidence(tensor(new float[] { -1, -2, -3, -4, -1, 4, -3, -4 }).view(2, 2, 2), new(4, 4, 1));

        Assert.Equal(0, evidence[0].abs().max().item<float>());
        Assert.True(evidence[1].max().item<float>() > 0);
    }

    [Fact]
    public void Evidence_is_enlarged_from_the_centres_of_pixels()
    {
        using var scope = NewDisposeScope();

        var evidence = AttributionMethod.Evidence(tensor(new float[] { 0, 4 }).view(1, 1, 2), new(1, 4, 1));

        // Old centres stand at 1 and 3 of 4, new ones at 0.5, 1.5, 2.5, 3.5.
        Assert.Equal([0, 1, 3, 4], evidence.data<float>().ToArray());
    }

    [Fact]
    public void A_layer_without_maps_is_refused_and_a_better_one_named()
    {
        using var network = TinyProblem.Network();
        var message = Assert
            .Throws<BadInputException>(() => Method.ExplainSet(network, TinyProblem.Noise(3), [0, 1, 2], "fc1", RunContext.OnCpu()))
            .Message;

        Assert.Contains("needs a layer whose activations are maps, such as relu3", message);
        Assert.Throws<BadInputException>(() => Method.ExplainSet(network, TinyProblem.Noise(3), [0, 1, 2], "fc7", RunContext.OnCpu()));
    }

    private static Classifier TwoChannels() =>
        new(
            new Cnn3(),
            new(2, 2, 1),
            2,
            [
                new Layer("maps", LayerKind.Other, (x, _) => cat([x, 10 * x], 1)),
                new Layer(
                    "scores",
                    LayerKind.Other,
                    (x, _) => stack([(3 * x.select(1, 0)).sum([1, 2]) - x.select(1, 1).sum([1, 2]), 4 * x.select(1, 0).select(1, 0).select(1, 0)], 1),
                    Maps: false),
            ]);
}
