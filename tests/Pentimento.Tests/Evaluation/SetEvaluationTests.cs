using Pentimento.Data;
using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class SetEvaluationTests
{
    private static readonly ImageSet Set = new("five", new byte[5], [0, 0, 0, 1, 3], [], new(1, 1, 1));

    [Fact]
    public void Predictions_are_counted_against_labels()
    {
        var evaluation = SetEvaluation.Of(new Predictions("five", [0, 0, 2, 1, 0], Set.Labels, 4));

        Assert.Equal(("five", 5, 0.6), (evaluation.Data, evaluation.Count, evaluation.Accuracy));
        Assert.Equal([2 / 3.0, 1, null, 0], evaluation.PerClass);
        Assert.Equal([[2, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]], evaluation.Confusion);
        Assert.Equal((new Share(3, 5).Low, new Share(3, 5).High), (evaluation.Low, evaluation.High));
    }

    [Fact]
    public void A_label_that_the_network_does_not_know_is_refused() =>
        Assert.Contains(
            "has label 3, but the network knows only 3 classes",
            Assert.Throws<BadInputException>(() => SetEvaluation.Of(new Predictions("five", [0, 0, 2, 1, 0], Set.Labels, 3))).Message);
}
