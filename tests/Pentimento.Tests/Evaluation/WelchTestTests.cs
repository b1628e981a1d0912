using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class WelchTestTests
{
    [Fact]
    public void It_is_that_of_an_independent_integration()
    {
        // Python: the density of t with Welch's degrees of freedom, integrated by Gauss and Legendre and inverted by halving.
        var test = WelchTest.Of((0.66, 0.02, 10), (0.669, 0.025, 10));

        Assert.Equal(0.38630973062539975, test.PValue, 1e-9);
        Assert.Equal(-0.03034391861707071, test.Difference.Low, 1e-9);
        Assert.Equal(0.012343918617070695, test.Difference.High, 1e-9);
        Assert.Equal(0.030081697460620362, test.Detectable, 1e-9);
    }

    [Fact]
    public void A_side_of_one_seed_has_the_spread_of_the_other()
    {
        // As if both had a deviation of .02: the error is .02 sqrt(1 + 1/10), with nine degrees of freedom.
        var (ours, theirs) = (WelchTest.Of((0.7, 0, 1), (0.65, 0.02, 10)), WelchTest.Of((0.7, 0.02, 10), (0.65, 0, 1)));

        Assert.Equal(2.262157162740992 * 0.02 * Math.Sqrt(1.1), ours.Difference.High - ours.Difference.Value, 1e-9);
        Assert.Equal(ours, theirs);
    }

    [Fact]
    public void One_seed_on_either_side_tells_nothing() =>
        Assert.Equal(new(new(0.7 - 0.6, -1, 1), 1, 1), WelchTest.Of((0.7, 0, 1), (0.6, 0, 1)));

    [Theory]
    // The difference that is found in 80% of comparisons has a p-value of .05 at 4/5 or less of it.
    [InlineData(0.6, false)]
    [InlineData(1.0, true)]
    public void What_would_have_been_found_is_found(double part, bool isFound)
    {
        var detectable = WelchTest.Of((0.5, 0.02, 5), (0.5, 0.02, 5)).Detectable;

        Assert.Equal(isFound, WelchTest.Of((0.5 + (part * detectable), 0.02, 5), (0.5, 0.02, 5)).PValue < WelchTest.Level);
    }
}
