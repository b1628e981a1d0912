using Pentimento.Training.Procedures;
using TorchSharp;

namespace Pentimento.Tests.Training.Procedures;

public sealed class GradientExtrapolationTests
{
    // Class 0 is predicted 0 three times and 1 once, class 1 always 1.
    private static readonly long[] Labels = [0, 0, 0, 0, 1, 1];
    private static readonly long[] Predicted = [0, 0, 0, 1, 1, 1];

    [Fact]
    public void Classes_are_equally_frequent_and_groups_go_halfway_to_even_shares()
    {
        double[] asTheyAre = [0.25, 0.25, 0.25, 0.25, 0.5, 0.5];
        // 3/4 and 1/4 become 5/8 and 3/8.
        double[] halfway = [5 / 24.0, 5 / 24.0, 5 / 24.0, 3 / 8.0, 0.5, 0.5];

        Assert.Equal(asTheyAre, GradientExtrapolation.Weights(Labels, Predicted, 0));
        Assert.All(halfway.Zip(GradientExtrapolation.Weights(Labels, Predicted, 0.5)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(0.25, 3, 0.5)]
    [InlineData(0.5, 2, 0.625)]
    public void Beyond_the_second_batch_lie_even_groups_where_c_times_one_plus_beta_is_one(double evenness, double beyond, double rare)
    {
        var (biased, less) = (GradientExtrapolation.Weights(Labels, Predicted, 0), GradientExtrapolation.Weights(Labels, Predicted, evenness));

        // The weight of the rare group's image in (1 + β) of the second loss less β of the first.
        Assert.Equal(rare, ((1 + beyond) * less[3]) - (beyond * biased[3]), 1e-12);
    }

    [Fact]
    public void The_loss_lies_beyond_the_second_batch_on_the_line_from_the_first()
    {
        using var scope = torch.NewDisposeScope();
        var (risk, evener) = (torch.tensor(0.25), torch.tensor(0.75));

        var loss = new GradientExtrapolation(Beyond: 2).Extrapolated(risk, evener).item<double>();

        Assert.Equal(0.75 + (2 * (0.75 - 0.25)), loss, 1e-6);
    }
}
