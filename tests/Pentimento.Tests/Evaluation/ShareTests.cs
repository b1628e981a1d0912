using CsCheck;
using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class ShareTests
{
    // Wilson's interval without continuity correction, as R's prop.test(correct = FALSE) gives it.
    [Theory]
    [InlineData(0, 10, 0, 0, 0.2775328)]
    [InlineData(10, 10, 1, 0.7224672, 1)]
    [InlineData(95, 100, 0.95, 0.8882495, 0.9784563)]
    [InlineData(1, 2, 0.5, 0.0945312, 0.9054688)]
    public void Its_interval_is_wilsons(long hits, long count, double value, double low, double high)
    {
        var share = new Share(hits, count);

        Assert.Equal(value, share.Value);
        Assert.Equal(low, share.Low, 1e-6);
        Assert.Equal(high, share.High, 1e-6);
    }

    [Fact]
    public void Of_nothing_nothing_is_known()
    {
        var share = new Share(0, 0);

        Assert.Equal((double.NaN, 0, 1), (share.Value, share.Low, share.High));
        Assert.Equal("undefined (n = 0)", share.ToString());
    }

    [Fact]
    public void The_interval_holds_the_share_and_mirrors_its_complement() => Gen.Select(Gen.Long[0, 100_000], Gen.Long[1, 100_000]).Sample((a, b) =>
    {
        var (share, rest) = (new Share(Math.Min(a, b), b), new Share(b - Math.Min(a, b), b));
        return share.Low <= share.Value + 1e-12 && share.Value <= share.High + 1e-12 && share.Low is >= 0 and <= 1 && share.High is >= 0 and <= 1
            && Math.Abs(share.Low - (1 - rest.High)) < 1e-9;
    }, iter: 1000);

    // Python's statistics.NormalDist().inv_cdf(0.995) in Wilson's formula.
    [Theory]
    [InlineData(50, 100, 0.5, 0.37528, 0.62472)]
    [InlineData(0, 10, 0, 0, 0.39885)]
    [InlineData(10, 10, 1, 0.60115, 1)]
    [InlineData(0, 0, double.NaN, 0, 1)]
    public void Of_a_higher_confidence_it_is_wider(long hits, long count, double value, double low, double high)
    {
        var interval = new Share(hits, count).At(0.99);

        Assert.Equal((value, low, high), (interval.Value, Math.Round(interval.Low, 5), Math.Round(interval.High, 5)));
        Assert.Equal(new Share(hits, count).Low, new Share(hits, count).At(0.95).Low, 1e-12);
    }

    [Fact]
    public void It_is_written_for_people() => Assert.Equal("95.0% (88.8 to 97.8, n = 100)", new Share(95, 100).ToString());
}
