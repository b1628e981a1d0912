using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.95, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.5, "1 min 0 s")]
    [InlineData(125, "2 min 5 s")]
    public void A_time_is_said_as_people_say_it(double seconds, string expected) => Assert.Equal(expected, Numbers.Duration(seconds));

    [Fact]
    public void Shares_and_counts_are_said_alike_everywhere()
    {
        Assert.Equal(("95.2%", "undefined", "undefined"), (Numbers.Percent(0.952), Numbers.Percent(double.NaN), Numbers.Percent(1 / 0.0)));
        Assert.Equal("94.8 to 95.6%", Numbers.Interval(0.948, 0.956));
        Assert.Equal("9,520 of 10,000", Numbers.Counts(new(9520, 10_000)));
        Assert.Equal(("12,345", "0.000123"), (Numbers.Whole(12_345), Numbers.Significant(0.000123456)));
        Assert.Equal(("1 epoch", "2 epochs", "0 images"), (Numbers.Counted(1, "epoch"), Numbers.Counted(2, "epoch"), Numbers.Counted(0, "image")));
        Assert.Equal(("0.50", "–", "–"), (Numbers.Decimal(0.5, 2), Numbers.Decimal(null, 2), Numbers.Decimal(double.NaN, 2)));
    }
}
