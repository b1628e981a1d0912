using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class ErrorEnvironmentsTests
{
    [Fact]
    public void Images_are_split_by_whether_the_network_is_right()
    {
        using var network = Threshold();
        // Grey below 128 is answered 0, above 1. Wrong on the images 1 and 4, which alone wear another colour than their class.
        var set = new ImageSet("six", [10, 200, 20, 210, 30, 220], [0, 0, 0, 1, 1, 1], [5, 6, 5, 7, 5, 7], new(1, 1, 1));

        var (environments, split) = ErrorEnvironments.Infer(network, set, RunContext.OnCpu());

        Assert.Equal([10, 20, 210, 220], environments.Sets[0].Pixels.ToArray());
        Assert.Equal([200, 30], environments.Sets[1].Pixels.ToArray());
        Assert.Equal(new ErrorSplit(4, 2, 1, 1), split);
    }

    [Fact]
    public void Precision_and_recall_judge_the_split_by_the_colours()
    {
        using var network = Threshold();
        // Conflicting are 2 (answered right), 3 (wrong); 4 is wrong without conflict.
        var set = new ImageSet("six", [10, 20, 30, 200, 210, 40], [0, 0, 0, 0, 0, 0], [5, 5, 6, 6, 5, 5], new(1, 1, 1));

        Assert.Equal(new ErrorSplit(4, 2, 0.5, 0.5), ErrorEnvironments.Infer(network, set, RunContext.OnCpu()).Split);
    }

    [Fact]
    public void Without_colours_nothing_judges_the_split()
    {
        using var network = Threshold();
        var set = new ImageSet("two", [10, 200], [0, 0], [], new(1, 1, 1));

        Assert.Equal(new ErrorSplit(1, 1, null, null), ErrorEnvironments.Infer(network, set, RunContext.OnCpu()).Split);
    }

    [Theory]
    [InlineData(0, "answers every image of two right")]
    [InlineData(1, "answers no image of two right")]
    public void A_network_without_errors_or_without_successes_tells_nothing_apart(long label, string part)
    {
        using var network = Threshold();
        var set = new ImageSet("two", [10, 20], [label, label], [], new(1, 1, 1));

        Assert.Contains(part, Assert.Throws<BadInputException>(() => ErrorEnvironments.Infer(network, set, RunContext.OnCpu())).Message);
    }

    /// <summary>Logits (0.5 - x, x - 0.5) of images of one pixel.</summary>
    private static Classifier Threshold() => new(new Cnn3(), new(1, 1, 1), 2,
        [new Layer("scores", LayerKind.Other, (x, _) => cat([0.5 - x.flatten(1), x.flatten(1) - 0.5], 1), Maps: false)]);
}
