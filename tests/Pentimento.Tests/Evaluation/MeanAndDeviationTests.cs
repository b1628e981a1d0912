using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class MeanAndDeviationTests
{
    [Fact]
    public void The_deviation_is_that_of_a_sample()
    {
        // Squared distances from 4 sum to 8; of three seeds they are divided by 2.
        Assert.Equal(new MeanAndDeviation(4, 2, 3), MeanAndDeviation.Of([2, 4, 6]));
    }

    [Fact]
    public void One_seed_deviates_from_nothing() => Assert.Equal(new MeanAndDeviation(0.9, 0, 1), MeanAndDeviation.Of([0.9]));
}
