using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class ErrorEnvironmentsTests
{
    [Fact]
    public void Images_are_split_by_whether_the_network_is_correct()
    {
        using var network = Threshold();
        // Gray below 128 is predicted as 0, above as 1. Wrong on the images 1 and 4, which alone are bias-conflicting.
        var set = new ImageSet("six", [10, 200, 20, 210, 30, 220], [0, 0, 0, 1, 1, 1], [5, 6, 5, 7, 5, 7], new(1, 1, 1));

        var (environments, split) = ErrorEnvironments.Infer(network, set, RunContext.OnCpu());

        Assert.Equal([10, 20, 210, 220], environments.Sets[0].Pixels.ToArray());
        Assert.Equal([200, 30], environments.Sets[1].Pixels.ToArray());
        Assert.Equal(new ErrorSplit(4, 2, 1, 1), split);
    }

    [Fact]
    public void Precision_and_recall_of_the_split_are_measured_by_the_colors()
    {
        using var network = Threshold();
        // Bias-conflicting are 2 (correct) and 3 (wrong); 4 is wrong without conflict.
        var set = new ImageSet("six", [10, 20, 30, 200, 210, 40], [0, 0, 0, 0, 0, 0], [5, 5, 6, 6, 5, 5], new(1, 1, 1));

        Assert.Equal(new ErrorSplit(4, 2, 0.5, 0.5), ErrorEnvironments.Infer(network, set, RunContext.OnCpu()).Split);
    }

    [Fact]
    public void Without_colors_precision_and_recall_are_null()
    {
        using var network = Threshold();
        var set = new ImageSet("two", [10, 200], [0, 0], [], new(1, 1, 1));

        Assert.Equal(new ErrorSplit(1, 1, null, null), ErrorEnvironments.Infer(network, set, RunContext.OnCpu()).Split);
    }

    [Theory]
    [InlineData(0, "classifies every image of two correctly")]
    [InlineData(1, "classifies no image of two correctly")]
    public void A_network_without_errors_or_without_correct_predictions_makes_no_split(long label, string part)
    {
        using var network = Threshold();
        var set = new ImageSet("two", [10, 20], [label, label], [], new(1, 1, 1));

        Assert.Contains(part, Assert.Throws<BadInputException>(() => ErrorEnvironments.Infer(network, set, RunContext.OnCpu())).Message);
    }

    /// <summary>Logits (0.5 - x, x - 0.5) of images of one pixel.</summary>
    private static Classifier Threshold() => new(new Cnn3(), new(1, 1, 1), 2,
        [new Layer("scores", LayerKind.Other, (x, _) => cat([0.5 - x.flatten(1), x.flatten(1) - 0.5], 1), Maps: false)]);
}
