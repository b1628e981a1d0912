using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Probing;

namespace Pentimento.Tests.Operations;

public sealed class VisualizeTests
{
    private static readonly Visualize Small = new()
    {
        Model = SmallOperations.Weights,
        Network = new Cnn3(),
        Data = SmallOperations.Data,
        Limit = 6,
        Channels = [3, 5],
        Copies = 2,
        Method = new JitteredAscent(Steps: 2),
        Layer = "conv3",
        Out = "pictures",
    };

    [Fact]
    public void A_picture_is_measured_by_its_own_channel()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var result = Small.Run(RunContext.OnCpu());
        using var network = Oracle.Network();

        var activations = result.Pixels.Select(pixels =>
            MapReduction.Mean.Reduce(network.Head(TorchSharp.torch.tensor(pixels).view(1, 3, 28, 28), "conv3")).cpu());

        Assert.Equal([3, 3, 5, 5], result.Images.Select(image => image.Channel));
        Assert.All(result.Images.Zip(activations), pair =>
            Assert.Equal(pair.Second[0][pair.First.Channel].item<float>(), pair.First.Activation, 1e-4));
    }

    [Fact]
    public void Its_files_lie_in_the_folder_that_was_asked_for()
    {
        var result = Small.Run(RunContext.OnCpu());

        Assert.Equal(Path.GetFullPath("pictures/conv3.png"), result.Sheet);
        Assert.Equal(
            ["conv3-003-0.png", "conv3-003-1.png", "conv3-005-0.png", "conv3-005-1.png"],
            result.Images.Select(image => Path.GetRelativePath(Path.GetFullPath("pictures"), image.File)));
    }

    [Fact]
    public void Without_maps_the_units_that_the_last_linear_layer_reads_are_drawn()
    {
        using var scratch = new Scratch();
        using (var network = new Mlp("8").Build(new(28, 28, 3), 10, new(1))) ModelFile.Write(scratch.At("mlp.safetensors"), network, "");

        var result = (Small with { Model = scratch.At("mlp.safetensors"), Network = null, Layer = null, Channels = [], Copies = 1 })
            .Run(RunContext.OnCpu());

        Assert.Equal("fc1", result.Layer);
        Assert.Equal(Enumerable.Range(0, 8), result.Images.Select(image => image.Channel));
    }

    [Fact]
    public void Of_a_large_network_the_first_channels_are_drawn_and_it_is_said()
    {
        using var scratch = new Scratch();
        using var network = new Cnn3().Build(new(224, 224, 3), 10, new(1));
        ModelFile.Write(scratch.At("large.safetensors"), network, "");
        var black = new ImageSet("black", new byte[2 * 224 * 224 * 3], [0, 1], [], network.Shape);
        Npz.Write(scratch.At("black.npz"), ImageSetFile.Arrays(black));
        var (notices, large) = (new List<string>(), Small with { Model = scratch.At("large.safetensors"), Network = null, Layer = "conv1" });

        var result = (large with { Data = scratch.At("black.npz"), Channels = [], Copies = 1, Method = new JitteredAscent(Steps: 1) })
            .Run(RunContext.OnCpu() with { Notice = notices.Add });

        Assert.Equal(Enumerable.Range(0, Visualization.AffordableOf(network, 32)), result.Images.Select(image => image.Channel));
        Assert.Contains("conv1 has 32 channels", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_not_there_is_refused() =>
        Assert.Contains(
            "'64' is no channel from 0 to 63",
            Assert.Throws<BadInputException>(() => (Small with { Channels = [64] }).Run(RunContext.OnCpu())).Message,
            StringComparison.Ordinal);
}
