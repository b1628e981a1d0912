using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class ChanceSpreadTests
{
    [Fact]
    public void Two_single_images_are_both_correct_a_quarter_of_the_time()
    {
        var chance = ChanceSpread.Of([new(1, 1), new(0, 1)]);

        Assert.Equal((0.25, 0, 1), (chance.Expected, chance.Low, chance.High));
        // The second is wrong half of the time, and it is one of two that might have been.
        Assert.Equal(0.75, chance.PValue, 1e-12);
    }

    [Fact]
    public void Small_groups_are_as_all_their_outcomes_say()
    {
        // From the 60 outcomes of binomials (4, 2/3), (3, 2/3) and (2, 2/3), enumerated in Python.
        var chance = ChanceSpread.Of([new(3, 4), new(1, 3), new(2, 2)]);

        Assert.Equal(0.41782248640959185, chance.Expected, 1e-3);
        // P(Binomial(3, 2/3) <= 1) = 7/27, corrected for three groups.
        Assert.Equal(1 - Math.Pow(20 / 27.0, 3), chance.PValue, 1e-12);
        Assert.Equal(1, chance.Clearest);
        // All nine are correct with probability (2/3)^9 = 0.026, more than a fortieth.
        Assert.Equal((0, 1), (chance.Low, chance.High));
    }

    [Fact]
    public void A_hundred_thousand_images_neither_underflow_nor_are_they_thrown_off()
    {
        var chance = ChanceSpread.Of([new(90_000, 100_000), new(45_000, 50_000)]);

        // Below the smaller group's mean by about half a standard deviation of it, sqrt(0.09 / 50,000) = 0.0013.
        Assert.InRange(chance.Expected, 0.8985, 0.8997);
        Assert.InRange(chance.Low, 0.896, 0.898);
    }

    [Fact]
    public void A_large_group_that_fails_is_no_chance_beside_a_tiny_one_that_fails_by_chance()
    {
        var chance = ChanceSpread.Of([new(0, 1), new(1, 100), new(150, 200)]);

        // The one image is wrong by chance half of the time; one of a hundred is not.
        Assert.InRange(chance.Expected, 0, 0.3);
        Assert.Equal(1, chance.Clearest);
        Assert.True(chance.PValue is > 0 and < 1e-20);
    }

    [Fact]
    public void Where_all_are_correct_nothing_varies() => Assert.Equal(new(1, 1, 1, 1), ChanceSpread.Of([new(3, 3), new(5, 5)]));
}
