namespace Pentimento.Tests.Foundation;

public sealed class SplitMix64Tests
{
    private const int Draws = 100_000;

    // The 99.9% quantile of chi-square with 9 degrees of freedom.
    private const double Critical = 27.88;

    [Fact]
    public void The_first_bits_are_those_of_the_published_generator()
    {
        // SplitMix64 started at 0, as in the reference implementation of Vigna.
        var dice = new SplitMix64(new(0));

        Assert.Equal(0xE220A8397B1DCDAF, dice.Bits());
        Assert.Equal(0x6E789E6AA1B965F4u, dice.Bits());
    }

    [Fact]
    public void Whole_numbers_are_uniform() => Assert.InRange(ChiSquare(dice => dice.Below(10), new(1)), 0, Critical);

    [Fact]
    public void Fractions_are_uniform() => Assert.InRange(ChiSquare(dice => (int)(10 * dice.Uniform()), new(2)), 0, Critical);

    [Fact]
    public void Fractions_of_a_range_stay_inside()
    {
        var dice = new SplitMix64(new(3));
        for (var draw = 0; draw < 10_000; draw++)
        {
            var drawn = dice.Uniform(-2, 5);
            Assert.True(drawn is >= -2 and < 5);
        }
    }

    [Fact]
    public void One_side_leaves_no_choice() => Assert.Equal(0, new SplitMix64(new(4)).Below(1));

    private static double ChiSquare(Func<DiceBox, int> roll, Seed seed)
    {
        var box = new DiceBox(new(seed));
        var counts = new int[10];
        for (var draw = 0; draw < Draws; draw++) counts[roll(box)]++;
        return counts.Sum(count => Math.Pow(count - (Draws / 10.0), 2) / (Draws / 10.0));
    }

    /// <summary>Keeps a struct's state between calls of a lambda.</summary>
    private sealed class DiceBox(SplitMix64 dice)
    {
        private SplitMix64 dice = dice;

        public int Below(int count) => dice.Below(count);

        public double Uniform() => dice.Uniform();
    }
}
