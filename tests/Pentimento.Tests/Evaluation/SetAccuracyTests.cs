using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class SetAccuracyTests
{
    // Classes 0 and 1 of three: two of two, and one of two.
    private static readonly float[] Logits = [2, 0, 0, 2, 0, 0, 0, 2, 0, 2, 0, 0];

    [Fact]
    public void Accuracy_loss_and_worst_class_are_read_off_the_logits()
    {
        using var scope = NewDisposeScope();
        var found = SetAccuracy.Of(tensor(Logits, 4, 3), Set(0, 0, 1, 1));

        // ln(e² + 2) less the logit of the label, which is 2 three times and 0 once.
        Assert.Equal(Math.Log(Math.Exp(2) + 2) - 1.5, found.Loss, 1e-5);
        Assert.Equal(("four", 4L, 0.75, 0.5), (found.Data, found.Count, found.Accuracy, found.WorstClass));
        Assert.Equal((new Share(3, 4).Low, new Share(3, 4).High), (found.Low, found.High));
        Assert.Null(found.WorstGroup);
    }

    [Fact]
    public void A_label_beyond_the_networks_classes_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains(
            "four has label 3, but the network knows only 3 classes",
            Assert.Throws<BadInputException>(() => SetAccuracy.Of(tensor(Logits, 4, 3), Set(0, 0, 1, 3))).Message);
    }

    [Fact]
    public void The_worst_group_is_found_where_groups_are_asked_for()
    {
        using var network = TinyProblem.Victim(1, 2, x => cat([x.flatten(1), 1 - x.flatten(1)], 1));
        // Bright is class 0: of the first class with attribute 1 every image is dark.
        var set = new ImageSet("groups", [255, 255, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1], new(1, 1, 1));

        var found = SetAccuracy.Of(network, set, RunContext.OnCpu(), ImageSet.Color);

        Assert.Equal((0.75, 0.0, 2 / 3.0), (found.Accuracy, found.WorstGroup, found.WorstClass));
    }

    private static ImageSet Set(params long[] labels) => new("four", new byte[4], labels, [], new(1, 1, 1));
}
