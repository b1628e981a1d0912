using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class ColorPlacementTests
{
    // A pixel of no light, one of a fifth, one of full.
    private static readonly Digits Dots = new(
        "dots",
        (byte[])[.. Enumerable.Range(0, 400).SelectMany(_ => new byte[] { 0, 51, 255 })],
        [.. Enumerable.Range(0, 400).Select(at => (long)(at % 10))],
        1,
        3);

    [Fact]
    public void On_the_stroke_light_is_the_digits_colour_and_dark_is_black()
    {
        var set = Paint("rg_100z", ColorPlacement.Stroke);

        // Digit 3 is (255, 192, 203); a fifth of it rounds to (51, 38, 41).
        Assert.Equal([0, 0, 0, 51, 38, 41, 255, 192, 203], set.PixelsOf(3).ToArray());
    }

    [Fact]
    public void In_the_background_dark_is_the_colour_and_light_is_white()
    {
        var set = Paint("rg_100z", ColorPlacement.Background);

        // (51 * 255 + 204 * 192) / 255 = 204.6, (51 * 255 + 204 * 203) / 255 = 213.4.
        Assert.Equal([255, 192, 203, 255, 205, 213, 255, 255, 255], set.PixelsOf(3).ToArray());
        Assert.Equal(set.Labels, set.Colors);
    }

    [Fact]
    public void White_leaves_the_background_black() =>
        Assert.Equal([0, 0, 0, 51, 51, 51, 255, 255, 255], Paint("bw_100z", ColorPlacement.Background).PixelsOf(3).ToArray());

    [Fact]
    public void Both_have_a_colour_of_their_own_and_never_the_same()
    {
        var sure = Paint("gr_100z", ColorPlacement.Both);
        var loose = Paint("un_0z", ColorPlacement.Both);

        Assert.Equal(sure.Labels.Select(label => label ^ 1), sure.Colors);
        Assert.Equal(sure.Labels.Select(label => ((label + 5) % 10) ^ 1), sure.AttributeOf("background"));
        Assert.All(loose.Colors.Zip(loose.AttributeOf("background")), pair => Assert.NotEqual(pair.First, pair.Second));
        // Independent draws: by chance alone about 400 / 10 would have met and moved on; the pairs still take all values.
        Assert.True(loose.Colors.Zip(loose.AttributeOf("background")).Distinct().Count() > 80);
    }

    [Fact]
    public void The_backgrounds_attribute_survives_a_file()
    {
        using var scratch = new Scratch();
        var set = Paint("rg_90z", ColorPlacement.Both);

        Npz.Write(scratch.At("both.npz"), [.. ImageSetFile.Arrays(set), new("note", new(new[] { 0.5 }, 1))]);

        var read = ImageSetFile.Read(scratch.At("both.npz"), "both");
        Assert.Equal(set.AttributeOf("background"), read.AttributeOf("background"));
        Assert.Equal(["background"], read.Attributes.Keys);
    }

    private static ImageSet Paint(string name, ColorPlacement cue) =>
        new Painter(Canvas.Parse(name), Palette.Seed, new(3), cue).Paint(Dots, Split.Test, 0, 2, RunContext.OnCpu());
}
