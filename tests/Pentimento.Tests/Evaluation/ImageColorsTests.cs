using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Painting;

namespace Pentimento.Tests.Evaluation;

/// <summary>Images of 3x3 pixels, black but for the one in the middle.</summary>
public sealed class ImageColorsTests
{
    private static readonly byte[] Olive = [120, 120, 0];
    private static readonly byte[] Teal = [0, 120, 120];
    private static readonly byte[] Purple = [120, 0, 250];
    private static readonly Palette RedAndBlue = new([new("red", 255, 0, 0), new("blue", 0, 0, 255)]);

    [Theory]
    [InlineData(207, 1)]
    [InlineData(206, 0)]
    public void A_colour_occurs_where_no_channel_differs_by_more_than_a_fifth(byte red, int found) =>
        Assert.Equal(found, ImageColors.Occurring(Set([[red, 0, 0]]), RedAndBlue, ground: false).Length);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void One_image_in_a_thousand_makes_no_colour_of_the_set(int blue, int found) =>
        Assert.Equal(
            found,
            ImageColors.Occurring(
                Set([.. Enumerable.Repeat<byte[]>([255, 0, 0], 1000 - blue), .. Enumerable.Repeat<byte[]>([0, 0, 255], blue)]),
                RedAndBlue, ground: false).Length);

    [Fact]
    public void Images_in_colours_of_their_own_make_the_palette_the_most_frequent_first()
    {
        var set = Set([Teal, Olive, Olive, Purple, Teal, Olive]);

        var palette = ImageColors.PaletteOf(set, ground: false);

        // A lone picture's colour is none of the set's.
        Assert.Equal(["#787800", "#007878"], palette.Colors.Select(color => color.Name));
        Assert.Equal([1L, 0, 0, -1, 1, 0], ImageColors.Of(set, ground: false));
    }

    [Fact]
    public void One_colour_is_no_choice_and_the_seeds_colours_are_the_seeds()
    {
        Assert.Same(Palette.Seed, ImageColors.PaletteOf(Set([Olive, Olive, Olive]), ground: false));
        Assert.Same(
            Palette.Seed,
            ImageColors.PaletteOf(Set([.. Palette.Seed.Colors.Select(color => new[] { color.Red, color.Green, color.Blue })]), ground: false));
    }

    [Fact]
    public void Most_of_the_seeds_colours_are_not_the_seeds_where_others_of_them_are_missing()
    {
        byte[] red = [255, 0, 0];

        var palette = ImageColors.PaletteOf(Set([red, red, red, Olive, Olive]), ground: false);

        Assert.Equal(["#ff0000", "#787800"], palette.Colors.Select(color => color.Name));
    }

    // Of 2000 images two in a thousand are four.
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void What_fewer_than_two_in_a_thousand_have_is_none_of_the_palettes_colours(int purple, bool found)
    {
        var palette = ImageColors.PaletteOf(
            Set([
                .. Enumerable.Repeat(Olive, 1000), .. Enumerable.Repeat(Teal, 1000 - purple), .. Enumerable.Repeat(Purple, purple),
            ]),
            ground: false);

        Assert.Equal(found ? ["#787800", "#007878", "#7800fa"] : ["#787800", "#007878"], palette.Colors.Select(color => color.Name));
    }

    private static ImageSet Set(byte[][] colors)
    {
        var pixels = new byte[27 * colors.Length];
        for (var at = 0; at < colors.Length; at++) colors[at].CopyTo(pixels, (27 * at) + 12);
        return new("dots", pixels, new long[colors.Length], [], new(3, 3, 3));
    }
}
