using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

/// <summary>Against scipy 1.10's <c>binomtest(hits, count).proportion_ci(method="exact")</c>.</summary>
public sealed class ExactIntervalTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.3084971078187608)]
    [InlineData(10, 10, 0.6915028921812392, 1)]
    [InlineData(8, 10, 0.4439045376923585, 0.9747892736731666)]
    public void Is_the_one_that_scipy_gives(long hits, long count, double low, double high)
    {
        var interval = ExactInterval.Of(hits, count);

        Assert.Equal(low, interval.Low, 1e-9);
        Assert.Equal(high, interval.High, 1e-9);
    }

    [Fact]
    public void Nothing_counted_says_nothing() => Assert.Equal((0, 1), ExactInterval.Of(0, 0));

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Lies_wholly_on_the_wrong_side_no_more_often_than_it_says(double truth)
    {
        const int Count = 50;
        var (above, below) = (0.0, 0.0);
        foreach (var hits in Enumerable.Range(0, Count + 1))
        {
            var chance = MathNet.Numerics.Distributions.Binomial.PMF(truth, Count, hits);
            var (low, high) = ExactInterval.Of(hits, Count);
            if (low > truth) above += chance;
            if (high < truth) below += chance;
        }

        Assert.InRange(above, 0, 0.025);
        Assert.InRange(below, 0, 0.025);
        Assert.True(above + below > 0.001);
    }
}
