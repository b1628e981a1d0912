using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class ShadeTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(ImageSet.White)]
    public void Every_shade_is_grey_times_colour_rounded(int color)
    {
        var rgb = Palette.Seed[color];
        var grey = Enumerable.Range(0, 256).Select(light => (byte)light).ToArray();

        Assert.Equal(
            grey.SelectMany(light => new[] { rgb.Red, rgb.Green, rgb.Blue }.Select(channel => (byte)Math.Round(light * channel / 255.0))),
            Laid(grey, color));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    public void The_image_is_overwritten_and_nothing_beyond_it(int pixels)
    {
        // Foreground pixels stand before black ones, at the edges of vectors and at the end.
        var grey = Enumerable.Range(0, pixels).Select(at => (byte)(at % 31 == 0 || at == pixels - 1 ? 255 : 0)).ToArray();

        Assert.Equal(grey.SelectMany(light => light == 0 ? [0, 0, 0] : new byte[] { 255, 192, 203 }), Laid(grey, 3));
    }

    private static byte[] Laid(byte[] grey, int color)
    {
        var image = Enumerable.Repeat((byte)99, (3 * grey.Length) + 1).ToArray();
        new ShadeTable(Palette.Seed).Paint(image.AsSpan(0, 3 * grey.Length), grey, color);
        Assert.Equal(99, image[^1]);
        return image[..^1];
    }
}
