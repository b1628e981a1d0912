using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class LffColoredMnistTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.02)]
    [InlineData(0.01)]
    [InlineData(0.005)]
    public void Colors_are_assigned_by_rank_within_the_class(double minority)
    {
        var set = ArtifactPictures.Paint(new LffColoredMnist(minority)).First();

        Assert.Equal(ArtifactPictures.Train.Labels, set.Images.Labels);
        for (long label = 0; label < 10; label++)
        {
            long[] own = [.. set.Images.Colors.Where((_, at) => set.Images.Labels[at] == label)];
            // The colours rise with the place in the file...
            Assert.Equal(own.Order(), own);
            // ...and each ends at the rounded running share; shares of the classes before and after it are equal.
            for (var color = 0; color < 10; color++)
            {
                var share = (color + 1) * minority / 9;
                if (color >= label) share += 1 - minority - (minority / 9);
                Assert.Equal(Math.Round(own.Length * share), own.Count(value => value <= color));
            }
        }
    }

    [Theory]
    [InlineData(0, 0.05, "ae715438dc4366a4257463efdc9c65d00bb1882195e911751d8cf86af1ce1f03")]
    [InlineData(0, 0.02, "c29755bbb33b9882aa86770628ecb05ffafacdbb2e31b21dab27a6305d04d488")]
    [InlineData(0, 0.01, "63dfa7d221260c8f53acba871e51efea1cdba892c37fb2c49a5facfe9519859e")]
    [InlineData(0, 0.005, "e0955096f584f5012896c5b5523739697d90365f63fdfe0bc567ab8854d70333")]
    [InlineData(1, 0.01, "bdbe8d9b6a0b80b51be92253bd274d7375bfeb263913ea3cbb375052126157c8")]
    public void The_colours_are_those_of_the_authors_code_digit_for_digit(int set, double minority, string sum)
    {
        // SHA-256 of the int64 colours that make_attr_labels gives the 60,000 and the 10,000 digits.
        var colors = ArtifactPictures.Paint(new LffColoredMnist(minority)).ElementAt(set).Images.Colors;

        Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(colors.AsSpan()))));
    }

    [Fact]
    public void Validation_is_MNISTs_test_with_a_tenth_of_each_class_in_each_colour()
    {
        var set = ArtifactPictures.Paint(new LffColoredMnist()).ElementAt(1);

        Assert.Equal(("valid", Split.Test), (set.Name, set.Split));
        Assert.Equal(Easel.Test.Labels, set.Images.Labels);
        foreach (var (label, count) in set.Images.Labels.CountBy(label => label))
        {
            foreach (var color in Enumerable.Range(0, 10))
                Assert.InRange(ArtifactPictures.Table(set.Images.Labels, set.Images.Colors)[(label, color)], (count / 10.0) - 1, (count / 10.0) + 1);
        }
    }

    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(2, 0.02)]
    [InlineData(3, 0.01)]
    [InlineData(4, 0.005)]
    [InlineData(5, 0.002)]
    public void The_tint_has_the_published_mean_and_deviation(int severity, double deviation)
    {
        // Colour 2 of colors.th is far from black and white, so that nothing is clipped.
        double[] mean = [0.672964, 0.461070, 0.579808];
        var images = new LffColoredMnist(0, severity).Paint(White(4000, 2), White(10, 2), new(0), RunContext.OnCpu()).First().Images;
        for (var channel = 0; channel < 3; channel++)
        {
            // The light 255 is cut to whole numbers: half is lost on average, and the cut adds a variance of a twelfth.
            double[] shades = [.. Enumerable.Range(0, images.Count).Select(index => images.PixelsOf(index)[channel] + 0.5)];
            var (average, sigma) = (shades.Average(), Math.Sqrt(Math.Pow(255 * deviation, 2) + (1 / 12.0)));
            var spread = Math.Sqrt(shades.Sum(tint => Math.Pow(tint - average, 2)) / images.Count);
            // At severity 5 the whole numbers are as wide as half a deviation and more, so the mean may sit aside by some hundredths.
            Assert.InRange(
                average - (255 * mean[channel]),
                (-3.5 * sigma / Math.Sqrt(images.Count)) - 0.03,
                (3.5 * sigma / Math.Sqrt(images.Count)) + 0.03);
            Assert.InRange(spread / sigma, 0.93, 1.07);
        }
    }

    [Fact]
    public void Each_channel_has_one_independent_draw_an_image()
    {
        var images = new LffColoredMnist(0, 1).Paint(White(2000, 2), White(10, 2), new(0), RunContext.OnCpu()).First().Images;

        Assert.All(Enumerable.Range(0, images.Count), index =>
            Assert.Single(images.PixelsOf(index).ToArray().Chunk(3).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct()));
        // Red above its mean says nothing of green: half of them are above theirs too.
        var red = Enumerable.Range(0, images.Count).Where(index => images.PixelsOf(index)[0] >= 172).ToList();
        Easel.AssertShare(0.5, red.Count(index => images.PixelsOf(index)[1] >= 118), red.Count, errors: 4);
    }

    [Fact]
    public void Light_is_the_tint_times_the_grey_cut_to_a_whole_number()
    {
        var digit = new Digits("ramp", (byte[])[.. Enumerable.Range(0, 256).Select(grey => (byte)grey)], [2], 16, 16);
        var image = new LffColoredMnist(0).Paint(digit, digit, new(0), RunContext.OnCpu()).First().Images.PixelsOf(0).ToArray();

        for (var channel = 0; channel < 3; channel++)
        {
            byte[] ramp = [.. image.Where((_, at) => at % 3 == channel)];
            Assert.Equal(0, ramp[0]);
            // Some tint explains the whole ramp when cut, so each value bounds it from below and from above.
            var (low, high) = (
                Enumerable.Range(1, 255).Max(grey => ramp[grey] / (double)grey),
                Enumerable.Range(1, 255).Min(grey => (ramp[grey] + 1) / (double)grey));
            Assert.True(low < high);
        }
    }

    private static Digits White(int count, long label) =>
        new("white", (byte[])[.. Enumerable.Repeat((byte)255, count * 4)], [.. Enumerable.Repeat(label, count)], 2, 2);
}
