using Pentimento.Training.Procedures;

namespace Pentimento.Tests.Training.Procedures;

public sealed class ConfusionBalancedTests
{
    // Class 0: predicted 0 three times and 1 once; class 1: predicted 1 four times and 0 twice.
    private static readonly long[] Labels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    private static readonly long[] Predicted = [0, 0, 0, 1, 1, 1, 1, 1, 0, 0];

    [Fact]
    public void Weights_are_the_margins_over_the_cell()
    {
        var weights = ConfusionBalanced.Weights(Labels, Predicted);

        // P(y) P(b) / P(y, b): 0.4 * 0.5 / 0.3, 0.4 * 0.5 / 0.1, 0.6 * 0.5 / 0.4, 0.6 * 0.5 / 0.2; their mean is 1.
        double[] expected = [2 / 3.0, 2 / 3.0, 2 / 3.0, 2, 0.75, 0.75, 0.75, 0.75, 1.5, 1.5];
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Class_and_prediction_become_independent_and_keep_their_frequencies()
    {
        var weights = ConfusionBalanced.Weights(Labels, Predicted);
        double Share(Func<int, bool> of) => Enumerable.Range(0, Labels.Length).Where(of).Sum(at => weights[at]) / weights.Sum();

        Assert.Equal((0.4, 0.5), (Share(at => Labels[at] == 0), Share(at => Predicted[at] == 0)));
        Assert.Equal(0.4 * 0.5, Share(at => Labels[at] == 0 && Predicted[at] == 0), 1e-12);
        Assert.Equal(0.6 * 0.5, Share(at => Labels[at] == 1 && Predicted[at] == 1), 1e-12);
    }

    [Fact]
    public void A_network_that_is_never_wrong_changes_nothing() => Assert.Equal([1, 1, 1, 1], ConfusionBalanced.Weights([0, 0, 0, 1], [0, 0, 0, 1]));
}
