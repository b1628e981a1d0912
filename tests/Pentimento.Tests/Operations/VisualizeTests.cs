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
    public void A_channel_that_is_not_there_is_refused() =>
        Assert.Contains(
            "'64' is no channel from 0 to 63",
            Assert.Throws<BadInputException>(() => (Small with { Channels = [64] }).Run(RunContext.OnCpu())).Message,
            StringComparison.Ordinal);
}
