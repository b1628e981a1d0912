using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class TierTests
{
    private const int Images = 20_000;

    public static TheoryData<string> Disturbed => ["e", "m", "h", "vh"];

    [Theory]
    [InlineData("e", 0.7, 15, 25, 0.5, 1, 3, 1, 2)]
    [InlineData("m", 0.75, 17.5, 27.5, 0.55, 1, 3, 1.25, 2)]
    [InlineData("h", 0.8, 20, 30, 0.6, 2, 4, 1.5, 2.5)]
    [InlineData("vh", 0.85, 22.5, 32.5, 0.65, 2, 4, 1.75, 2.75)]
    [InlineData("z", 0, 15, 25, 0, 1, 3, 1, 2)]
    public void The_table_is_the_reports(
        string name,
        double noisy,
        double low,
        double high,
        double stroked,
        int few,
        int many,
        double thin,
        double thick
    ) => Assert.Equal(new(name, noisy, (low, high), stroked, (few, many), (thin, thick)), Tier.Parse(name));

    [Fact]
    public void Nothing_is_painted_on_a_blank_image_of_zilch() => Assert.Equal(-1, Painted(Tier.Parse("z"), 100).Pixels.IndexOfAnyExcept((byte)0));

    [Theory, MemberData(nameof(Disturbed))]
    public void The_share_of_noisy_images_and_the_strength_of_noise_are_the_tiers(string name)
    {
        var tier = Tier.Parse(name);
        var set = Painted(tier with { StrokeProbability = 0 }, Images);
        var deviations = Enumerable.Range(0, Images).Select(image => Deviation(set.PixelsOf(image))).Where(deviation => deviation > 0).ToList();

        Easel.AssertShare(tier.NoiseProbability, deviations.Count, Images, 4);
        // On black, noise is cut at 0; the deviation estimated from 2352 values has a standard error of 3%.
        Assert.InRange(deviations.Min(), tier.Noise.Low * 0.88, tier.Noise.Low * 1.05);
        Assert.InRange(deviations.Max(), tier.Noise.High * 0.95, tier.Noise.High * 1.12);
        var (middle, width) = ((tier.Noise.Low + tier.Noise.High) / 2, tier.Noise.High - tier.Noise.Low);
        Assert.InRange(deviations.Average(), middle - 0.15, middle + 0.15);
        // The spread is that of the uniform distribution, width / sqrt(12), and of the estimate.
        var spread = Math.Sqrt(deviations.Average(deviation => Math.Pow(deviation - middle, 2)));
        Assert.InRange(spread / Math.Sqrt((width * width / 12) + Math.Pow(0.03 * middle, 2)), 0.97, 1.03);
    }

    [Theory, MemberData(nameof(Disturbed))]
    public void The_share_of_stroked_images_is_the_tiers(string name)
    {
        var tier = Tier.Parse(name);
        var set = Painted(tier with { NoiseProbability = 0 }, Images);

        Easel.AssertShare(
            tier.StrokeProbability,
            Enumerable.Range(0, Images).Count(image => set.PixelsOf(image).ContainsAnyExcept((byte)0)),
            Images,
            4);
    }

    [Theory, MemberData(nameof(Disturbed))]
    public void The_number_of_strokes_is_uniform_and_reaches_both_ends_of_its_range(string name)
    {
        const int Few = 4000;
        var tier = Tier.Parse(name);
        var set = Painted(tier with { NoiseProbability = 0, StrokeProbability = 1 }, Few);
        // A stroke has one colour, and two of the same are one in millions.
        var strokes = Enumerable.Range(0, Few).CountBy(image => Colors(set.PixelsOf(image))).ToDictionary();

        // A later stroke hardly ever covers an earlier one whole.
        Assert.InRange(strokes.Where(pair => pair.Key < tier.Strokes.Low || pair.Key > tier.Strokes.High).Sum(pair => pair.Value), 0, 20);
        for (var number = tier.Strokes.Low; number <= tier.Strokes.High; number++) Easel.AssertShare(1 / 3.0, strokes[number], Few, errors: 4);
    }

    private static int Colors(ReadOnlySpan<byte> pixels)
    {
        var colors = new HashSet<(byte, byte, byte)>();
        for (var at = 0; at < pixels.Length; at += 3) colors.Add((pixels[at], pixels[at + 1], pixels[at + 2]));
        colors.Remove((0, 0, 0));
        return colors.Count;
    }

    private static ImageSet Painted(Tier tier, int count) => Easel.Paint(new(Mode.Rg, 95, tier), Easel.Blank(count));

    /// <summary>E max(0, N(0, σ²)) = σ / sqrt(2π).</summary>
    private static double Deviation(ReadOnlySpan<byte> pixels)
    {
        var sum = 0L;
        foreach (var pixel in pixels) sum += pixel;
        return Math.Sqrt(2 * Math.PI) * sum / pixels.Length;
    }
}
