using Pentimento.Checks;

namespace Pentimento.Tests.Checks;

public sealed class RelationTests
{
    [Theory]
    [InlineData(">=", 0.90, 0.95, RequirementStatus.Passed)]
    [InlineData(">=", 0.89, 0.95, RequirementStatus.Undecided)]
    [InlineData(">=", 0.80, 0.90, RequirementStatus.Undecided)]
    [InlineData(">=", 0.80, 0.89, RequirementStatus.Failed)]
    [InlineData(">", 0.90, 0.95, RequirementStatus.Undecided)]
    [InlineData(">", 0.80, 0.90, RequirementStatus.Failed)]
    [InlineData("<=", 0.80, 0.90, RequirementStatus.Passed)]
    [InlineData("<=", 0.90, 0.95, RequirementStatus.Undecided)]
    [InlineData("<=", 0.91, 0.95, RequirementStatus.Failed)]
    [InlineData("<", 0.80, 0.90, RequirementStatus.Undecided)]
    [InlineData("<", 0.80, 0.89, RequirementStatus.Passed)]
    [InlineData("==", 0.90, 0.90, RequirementStatus.Passed)]
    [InlineData("==", 0.91, 0.91, RequirementStatus.Failed)]
    public void A_requirement_is_decided_by_the_whole_interval(string sign, double low, double high, RequirementStatus expected) =>
        Assert.Equal(expected, Relations.Find(sign)!.Value.Relation.Decide(new((low + high) / 2, low, high, 100), 0.9));

    [Fact]
    public void Signs_within_brackets_are_not_the_relation() => Assert.Equal((8, 2, Relation.AtMost), Relations.Find("a[b>=2] <= 0.1"));

    [Theory]
    [InlineData(0.95, 0.90)]
    [InlineData(0.50, 0.52)]
    public void So_many_images_as_it_says_decide_and_a_third_fewer_do_not(double rate, double limit)
    {
        var needed = RequiredSampleSize.For(Relation.AtLeast, rate, limit)!.Value;

        Assert.NotEqual(RequirementStatus.Undecided, Decided(needed));
        Assert.Equal(RequirementStatus.Undecided, Decided(needed * 2 / 3));

        RequirementStatus Decided(long count) =>
            Relation.AtLeast.Decide(Measurement.Of(new((long)Math.Round(rate * count), count)), limit);
    }

    [Fact]
    public void No_number_of_images_decides_a_rate_at_its_limit() => Assert.Null(RequiredSampleSize.For(Relation.AtLeast, 0.9, 0.9));

    [Theory]
    [InlineData(0.89, RequirementStatus.Passed)]
    [InlineData(0.91, RequirementStatus.Failed)]
    public void Over_resampled_sets_it_is_wrong_no_more_often_than_it_says(double truth, RequirementStatus wrong)
    {
        var dice = new SplitMix64(new(3));

        var errors = Enumerable.Range(0, 1000).Count(_ =>
        {
            var hits = Enumerable.Range(0, 300).Count(_ => dice.Below(1_000_000) < truth * 1_000_000);
            return Relation.AtLeast.Decide(Measurement.Of(new(hits, 300)), 0.9) == wrong;
        });

        Assert.InRange(errors, 0, 50);
    }
}
