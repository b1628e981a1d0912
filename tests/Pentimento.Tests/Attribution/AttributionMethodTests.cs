using Pentimento.Attribution;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class AttributionMethodTests
{
    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(AttributionMethod)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void Class_activation_maps_are_of_the_last_maps_and_the_rest_name_the_first_place(string name)
    {
        using var network = TinyProblem.Network();

        var layer = Catalog.Read<AttributionMethod>(name).DefaultLayer(network);

        Assert.NotEqual(network.LastRelu, network.Cuts.First());
        Assert.Equal(name.Contains("cam") ? network.LastRelu : network.Cuts.First(), layer);
    }

    [Fact]
    public void Only_a_network_without_maps_changes_the_method()
    {
        using var network = TinyProblem.Network();
        using var plain = new Mlp("4").Build(TinyProblem.Shape, 3, new(1));

        Assert.IsType<GradCam>(new GradCam().FittedTo(network));
        Assert.IsType<GradientTimesInput>(new GradCam().FittedTo(plain));
        Assert.IsType<Occlusion>(new Occlusion().FittedTo(plain));
    }

    [Fact]
    public void What_was_asked_for_stands_and_defaults_that_become_one_count_once()
    {
        using var plain = new Mlp("4").Build(TinyProblem.Shape, 3, new(1));

        Assert.Equal([new GradCam()], AttributionMethod.OrDefault([new GradCam()], plain, [new Occlusion()]));
        Assert.Equal(
            [new GradientTimesInput(), new Occlusion()],
            AttributionMethod.OrDefault([], plain, [new GradCam(), new LayerCam(), new Occlusion()]));
    }

    [Fact]
    public void Progress_counts_the_images_of_all_batches_and_the_samples_within_each()
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        using var heard = new Heard();

        new SmoothGrad(Samples: 4).ExplainSet(network, TinyProblem.Noise(600), new long[600], network.LastRelu, heard.Run());

        // Batches of 250, 250 and 100, four samples each.
        Assert.Equal(
            [250.0, 500, 750, 1000, 1250, 1500, 1750, 2000, 2100, 2200, 2300, 2400],
            heard.Ticks.Where(tick => tick.Stage == "smooth-grad").Select(tick => tick.Done * 2400.0 / tick.Total));
        Assert.Equal([250L, 500, 600], heard.Ticks.Where(tick => tick.Stage.StartsWith("explain")).Select(tick => tick.Done));
    }
}
