using System.Security.Cryptography;
using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class PainterTests
{
    [Theory]
    [InlineData("rg_95vh")]
    [InlineData("bw_50e")]
    public void The_bytes_do_not_depend_on_threads_or_limit(string name)
    {
        // 1200 images are three runs, one of them short.
        var alone = Easel.Paint(name, 1200, threads: 1);
        var together = Easel.Paint(name, 1200, threads: 2);
        var few = Easel.Paint(name, 300, threads: 1);

        Assert.Equal(alone.Pixels, together.Pixels);
        Assert.Equal(alone.Colors, together.Colors);
        Assert.Equal(alone.First(300).Pixels, few.Pixels);
        Assert.Equal(alone.First(300).Colors, few.Colors);
    }

    [Fact]
    public void The_bytes_are_those_of_this_version_on_every_machine()
    {
        // A change of these bytes is a change of every published set: it takes a new Painter.Version.
        Assert.Equal(1, Painter.Version);
        Assert.Equal(
            "d8a87f096712a3284254f6b7629ae4f7cd97f374c9e460ce38587ad98b1af3b3",
            Convert.ToHexStringLower(SHA256.HashData(Easel.Paint("gr_99.5vh", 1000).Pixels)));
    }

    [Fact]
    public void What_is_painted_while_it_is_written_is_what_is_painted_whole()
    {
        // Of 100 large images a run holds few.
        var large = new Digits("large", new byte[100 * 90 * 70], new long[100], 90, 70);
        var painter = new Painter(Canvas.Parse("rg_95vh"), Palette.Seed, new(2));
        foreach (var digits in new[] { Easel.Test, large })
        {
            using var scratch = new Scratch();
            Npz.WritePieces(
                scratch.At("set.npz"),
                painter.Arrays(digits, Split.Train, 1100, RunContext.OnCpu()),
                System.IO.Compression.CompressionLevel.Fastest,
                3);
            var (whole, read) = (painter.Paint(digits, Split.Train, 1100, 2, RunContext.OnCpu()), ImageSetFile.Read(scratch.At("set.npz"), "set"));

            Assert.True(whole.Pixels.SequenceEqual(read.Pixels));
            Assert.Equal(whole.Labels, read.Labels);
            Assert.Equal(whole.Colors, read.Colors);
        }
    }

    [Fact]
    public void Another_seed_or_split_paints_another_set()
    {
        var set = Easel.Paint("rg_50h", 300);
        var train = new Painter(Canvas.Parse("rg_50h"), Palette.Seed, new(0)).Paint(Easel.Test, Split.Train, 300, 1, RunContext.OnCpu());

        Assert.NotEqual(set.Colors, Easel.Paint("rg_50h", 300, seed: 1).Colors);
        Assert.False(set.Pixels.SequenceEqual(Easel.Paint("rg_50h", 300, seed: 1).Pixels));
        Assert.NotEqual(set.Colors, train.Colors);
    }

    [Fact]
    public void A_pixel_is_the_digits_grey_times_its_colour()
    {
        var set = Easel.Paint("rg_95z", 200);
        for (var image = 0; image < set.Count; image++)
        {
            var color = Palette.Seed[set.Colors[image]];
            byte[] expected =
            [
                .. Easel
                    .Test.Of(image)
                    .ToArray()
                    .SelectMany(grey => new[] { Shade(grey, color.Red), Shade(grey, color.Green), Shade(grey, color.Blue) }),
            ];
            Assert.Equal(expected, set.PixelsOf(image));
        }

        static byte Shade(byte grey, byte channel) => (byte)Math.Round(grey * channel / 255.0);
    }

    [Fact]
    public void Aligned_and_reversed_sets_differ_in_colour_alone()
    {
        var (aligned, reversed) = (Easel.Paint("rg_95h", 500), Easel.Paint("gr_95h", 500));

        Assert.Equal(aligned.Labels, reversed.Labels);
        Assert.NotEqual(aligned.Colors, reversed.Colors);
        for (var image = 0; image < aligned.Count; image++)
        {
            // An image contradicts its name in both sets or in neither.
            var label = aligned.Labels[image];
            Assert.Equal(aligned.Colors[image] == label, reversed.Colors[image] == (label ^ 1));
            // Behind the digit, noise and strokes are the same to the byte.
            var grey = Easel.Test.Of(image);
            for (var pixel = 0; pixel < 784; pixel++)
            {
                if (grey[pixel] == 0)
                    Assert.True(aligned.PixelsOf(image).Slice(3 * pixel, 3).SequenceEqual(reversed.PixelsOf(image).Slice(3 * pixel, 3)));
            }
        }
    }

    [Theory]
    [InlineData("rg_95z", 0.95)]
    [InlineData("gr_95z", 0.95)]
    [InlineData("bw_95z", 0.95)]
    [InlineData("rg_50z", 0.5)]
    [InlineData("gr_100z", 1)]
    [InlineData("bw_0z", 0)]
    public void The_dominant_colour_has_the_share_of_the_name(string name, double share)
    {
        var set = Easel.Paint(name);
        var canvas = Canvas.Parse(name);

        Easel.AssertShare(share, set.Labels.Zip(set.Colors).Count(pair => canvas.Dominant(pair.First) == pair.Second), set.Count);
    }

    [Theory]
    [InlineData("rg_0z", 9, false)]
    [InlineData("gr_0z", 9, false)]
    [InlineData("bw_0z", 10, true)]
    [InlineData("un_0z", 10, true)]
    public void The_other_colours_are_uniform_and_independent_of_the_digit(string name, int choices, bool ownToo)
    {
        var set = Easel.Paint(name);
        var canvas = Canvas.Parse(name);
        var table = set.Labels.Zip(set.Colors).CountBy(pair => pair).ToDictionary();

        var chiSquare = 0.0;
        foreach (var (label, images) in set.Labels.CountBy(label => label))
        {
            foreach (var color in Enumerable.Range(0, 10).Where(color => ownToo || color != canvas.Dominant(label)))
                chiSquare += Math.Pow(table.GetValueOrDefault((label, color)) - (images / (double)choices), 2) / (images / (double)choices);
        }

        // The 99.9% quantiles of chi-square with 10 x 8 and 10 x 9 degrees of freedom.
        Assert.InRange(chiSquare, 0, ownToo ? 137.2 : 124.8);
        Assert.DoesNotContain(set.Labels.Zip(set.Colors), pair => !ownToo && pair.Second == canvas.Dominant(pair.First));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var heard = new Heard(_ => true);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new Painter(Canvas.Parse("rg_95z"), Palette.Seed, new(0)).Paint(Easel.Test, Split.Test, 0, 2, heard.Run()));
    }

    [Fact]
    public void Progress_is_reported()
    {
        using var heard = new Heard();

        new Painter(Canvas.Parse("rg_95z"), Palette.Seed, new(0)).Paint(Easel.Test, Split.Test, 1200, 1, heard.Run());

        Assert.Equal([512, 1024, 1200], heard.Ticks.Select(tick => tick.Done));
        Assert.All(heard.Ticks, tick => Assert.Equal(("paint rg_95z test", 1200), (tick.Stage, tick.Total)));
    }

    [Fact]
    public void Labels_that_are_no_digits_are_refused() =>
        Assert.Contains(
            "only labels 0 to 9 have a color",
            Assert.Throws<BadInputException>(() => Easel.Paint(Canvas.Parse("rg_95z"), new("letters", new byte[784], [10], 28, 28))).Message);
}
