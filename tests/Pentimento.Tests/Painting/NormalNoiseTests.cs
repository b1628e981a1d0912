using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class NormalNoiseTests
{
    private const int Count = 1_000_000;
    private static readonly float[] Million = Draw(Count, new(11));

    [Fact]
    public void A_million_draws_follow_the_normal_distribution()
    {
        var sorted = Million.Order().ToArray();
        var distance = sorted
            .Select((x, at) => Math.Max(Math.Abs(Normal(x) - (at / (double)Count)), Math.Abs(Normal(x) - ((at + 1) / (double)Count))))
            .Max();

        // The 1% critical value of Kolmogorov and Smirnov.
        Assert.InRange(distance, 0, 1.63 / Math.Sqrt(Count));
    }

    [Fact]
    public void Its_moments_are_those_of_the_normal_distribution()
    {
        // Four standard errors of each.
        AssertNear(0, Moment(1), 4 * Math.Sqrt(1.0 / Count));
        AssertNear(1, Moment(2), 4 * Math.Sqrt(2.0 / Count));
        AssertNear(0, Moment(3), 4 * Math.Sqrt(15.0 / Count));
        AssertNear(3, Moment(4), 4 * Math.Sqrt(96.0 / Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(2352)]
    public void Neighbours_are_independent(int lag)
    {
        AssertNear(0, Correlation(lag, at => true, x => x), 4 * Math.Sqrt(1.0 / Count));
        AssertNear(0, Correlation(lag, at => true, x => (x * x) - 1) / 2, 4 * Math.Sqrt(1.0 / Count));
    }

    [Fact]
    public void The_two_numbers_of_a_pair_are_independent()
    {
        // Cosines stand in the first half of a block, the sines of the same radius in the second.
        AssertNear(0, Correlation(16, at => at % 32 < 16, x => x), 4 * Math.Sqrt(2.0 / Count));
        AssertNear(0, Correlation(16, at => at % 32 < 16, x => (x * x) - 1) / 2, 4 * Math.Sqrt(2.0 / Count));
    }

    [Fact]
    public void Its_tails_are_as_heavy_as_they_should_be()
    {
        // 6.8 of a million lie beyond 4.5 deviations; a Poisson count is outside 1..19 once in two thousand times.
        Assert.InRange(Million.Count(x => Math.Abs(x) > 4.5), 1, 19);
        Assert.InRange(Million.Max(Math.Abs), 4.5, 6.8);
    }

    [Fact]
    public void Another_key_gives_other_numbers()
    {
        Assert.Equal(Draw(64, new(1)), Draw(64, new(1)));
        // The key has two halves, and each counts.
        Assert.NotEqual(Draw(64, new(1)), Draw(64, new(2)));
        Assert.NotEqual(Draw(64, new(1)), Draw(64, new(1 + (1UL << 32))));
    }

    [Fact]
    public void Streams_of_neighbouring_images_are_independent()
    {
        var (first, second) = (Draw(Count, new Seed(0).For(1)), Draw(Count, new Seed(0).For(2)));

        AssertNear(0, first.Zip(second, (a, b) => (double)a * b).Average(), 4 * Math.Sqrt(1.0 / Count));
    }

    [Fact]
    public void Numbers_do_not_depend_on_how_many_are_drawn() => Assert.Equal(Draw(96, new(5))[..32], Draw(32, new(5)));

    [Fact]
    public void The_same_formulas_in_double_precision_agree()
    {
        var seed = new Seed(0x123456789ABCDEF0);
        var drawn = Draw(3200, seed);

        for (var at = 0; at < drawn.Length; at++) AssertNear(Reference(at, seed), drawn[at], 1e-5);
    }

    [Theory]
    [InlineData(100, 1.5f, 10f, 115)]
    [InlineData(100, -1.5f, 10f, 85)]
    [InlineData(100, 0.04f, 10f, 100)]
    [InlineData(100, 0.06f, 10f, 101)]
    [InlineData(250, 1f, 10f, 255)]
    [InlineData(5, -1f, 10f, 0)]
    public void Noise_is_added_rounded_and_clipped(byte pixel, float noise, float deviation, byte expected)
    {
        byte[] pixels = [pixel];

        NormalNoise.Add(pixels, [noise], deviation);

        Assert.Equal(expected, pixels[0]);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(2352)]
    public void Many_pixels_together_become_what_each_would_alone(int count)
    {
        var random = new SplitMix64(new(6));
        var pixels = Enumerable.Range(0, count).Select(_ => (byte)random.Below(256)).ToArray();
        var alone = pixels.Select((pixel, at) => (byte)(Math.Clamp(MathF.FusedMultiplyAdd(Million[at], 80f, pixel), 0f, 255f) + 0.5f)).ToArray();

        NormalNoise.Add(pixels, Million, 80f);

        Assert.Equal(alone, pixels);
    }

    private static double Reference(int at, Seed seed)
    {
        var counter = (uint)(at / 32 * 32) + (uint)(at % 16);
        double uniform = Math.Max((float)Bits(counter, seed), 0.5f) / 4294967296.0;
        var bits = Bits(counter + 16, seed);
        var angle = (Math.PI / 4 * (float)(int)(bits << 2) / 2147483648.0) + (Math.PI / 2 * (bits >> 30));
        return Math.Sqrt(-2 * Math.Log(uniform)) * (at % 32 < 16 ? Math.Cos(angle) : Math.Sin(angle));
    }

    private static uint Bits(uint counter, Seed seed) => Mix(Mix(counter ^ (uint)seed.Value) + (uint)(seed.Value >> 32));

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 17)) * 0xED5AD4BB;
        x = (x ^ (x >> 11)) * 0xAC4C1B51;
        x = (x ^ (x >> 15)) * 0x31848BAB;
        return x ^ (x >> 14);
    }

    private static float[] Draw(int count, Seed seed)
    {
        var numbers = new float[count];
        NormalNoise.Fill(numbers, seed);
        return numbers;
    }

    private static double Moment(int power) => Million.Average(x => Math.Pow(x, power));

    private static double Correlation(int lag, Func<int, bool> chosen, Func<double, double> of)
    {
        var places = Enumerable.Range(0, Count - lag).Where(chosen);
        return places.Average(at => of(Million[at]) * of(Million[at + lag]));
    }

    private static void AssertNear(double expected, double actual, double margin) => Assert.InRange(actual, expected - margin, expected + margin);

    /// <summary>The distribution function by Abramowitz and Stegun 7.1.26, good to 1.5e-7.</summary>
    private static double Normal(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * z));
        var tail = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429)))))))) * Math.Exp(-z * z) / 2;
        return x > 0 ? 1 - tail : tail;
    }
}
