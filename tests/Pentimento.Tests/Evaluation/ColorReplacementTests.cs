using Pentimento.Evaluation;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

/// <summary>Images of 4x4 pixels of one ground with a bright and a dim pixel inside.</summary>
public sealed class ColorReplacementTests
{
    private static readonly byte[] Black = [0, 0, 0];
    private static readonly byte[] Bright = [200, 100, 0];
    private static readonly byte[] Dim = [100, 50, 0];
    private static readonly Rgb Blue = new("blue", 0, 0, 255);
    private static readonly Rgb Grey = new("grey", 51, 51, 51);

    [Fact]
    public void Intensity_is_the_distance_from_the_ground_in_the_largest()
    {
        using var scope = NewDisposeScope();
        var images = stack([Image(Black, Bright, Dim), Image(Bright, Bright, Bright), Image(Bright, Black, Dim)]);

        var intensity = ColorReplacement.ForegroundIntensity(images);

        Assert.Equal((1, 0.5, 0), At(intensity[0]));
        Assert.Equal((0, 0, 0), At(intensity[1]));
        Assert.Equal((1, 0.5, 0), At(intensity[2]));

        static (double Bright, double Dim, double Ground) At(Tensor image) =>
            (image[1, 1].item<float>(), image[2, 2].item<float>(), image[0, 3].item<float>());
    }

    [Fact]
    public void A_ground_is_coloured_from_64_on_and_a_set_by_more_than_half_of_its_images()
    {
        using var scope = NewDisposeScope();
        var (dark, coloured) = (Image([63, 20, 63], Bright, Dim), Image([0, 64, 0], Bright, Dim));

        Assert.False(ColorReplacement.HasColoredGround(dark.unsqueeze(0)));
        Assert.True(ColorReplacement.HasColoredGround(coloured.unsqueeze(0)));
        Assert.False(ColorReplacement.HasColoredGround(stack([dark, coloured])));
        Assert.True(ColorReplacement.HasColoredGround(stack([dark, coloured, coloured])));
    }

    [Fact]
    public void An_images_own_colour_is_that_of_its_brightest_pixels_or_of_its_border()
    {
        using var scope = NewDisposeScope();
        var images = stack([Image(Black, Bright, Dim), Image([10, 200, 30], Bright, Dim)]);

        var foreground = ColorReplacement.OwnColors(images, ground: false);
        var ground = ColorReplacement.OwnColors(images, ground: true);

        // Weights 1 and 1/2^4.
        var red = (200 + (100 / 16.0)) / (1 + (1 / 16.0));
        AssertClose([red, red / 2, 0], foreground[0]);
        AssertClose([10, 200, 30], ground[1]);
        AssertClose([0, 0, 0], ground[0]);
    }

    [Fact]
    public void On_black_the_foreground_gets_the_colour_by_its_intensity()
    {
        using var scope = NewDisposeScope();
        var worn = ColorReplacement.Recolored(Image(Black, Bright, Dim).unsqueeze(0), [Grey, Blue], ground: false);

        Assert.Equal([1, 2, 3, 4, 4], worn.shape);
        AssertClose([0.2, 0.2, 0.2], worn[0, 0][.., 1, 1]);
        AssertClose([0, 0, 0.5], worn[0, 1][.., 2, 2]);
        AssertClose([0, 0, 0], worn[0, 1][.., 0, 0]);
    }

    [Fact]
    public void A_coloured_ground_stays_where_the_foreground_is_painted_and_is_painted_where_it_is_meant()
    {
        using var scope = NewDisposeScope();
        byte[] green = [0, 204, 0];
        var image = Image(green, [255, 204, 0], Dim).unsqueeze(0);

        var foreground = ColorReplacement.Recolored(image, [Blue], ground: false)[0, 0];
        var ground = ColorReplacement.Recolored(image, [Blue], ground: true)[0, 0];

        AssertClose([0, 0, 1], foreground[.., 1, 1]);
        AssertClose([0, 0.8, 0], foreground[.., 0, 0]);
        AssertClose([1, 0.8, 0], ground[.., 1, 1]);
        AssertClose([0, 0, 1], ground[.., 0, 0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_its_own_colours_an_image_is_as_it_was(bool ground)
    {
        using var scope = NewDisposeScope();
        var image = Image([0, 204, 0], [255, 204, 0], [255, 204, 0]).unsqueeze(0);

        var again = ColorReplacement.InItsOwn(image, ground);

        Assert.True(again.allclose(image.permute(0, 3, 1, 2).to_type(float32) / 255, 1e-5, 1e-5));
    }

    [Fact]
    public void Two_images_exchange_the_colours_of_ground_and_foreground()
    {
        using var scope = NewDisposeScope();
        byte[] green = [0, 204, 0];
        var images = stack([Image(green, [255, 204, 0], green), Image([0, 0, 255], [255, 0, 255], [0, 0, 255])]);

        Assert.True(ColorReplacement.Exchanged(images, tensor(new long[] { 1, 0 })).equal(images.flip(0)).all().item<bool>());
    }

    [Fact]
    public void Dark_grounds_stay_black_when_colours_are_exchanged()
    {
        using var scope = NewDisposeScope();
        var images = stack([Image([40, 0, 0], [240, 0, 0], [40, 0, 0]), Image(Black, [0, 100, 0], Black)]);

        var exchanged = ColorReplacement.Exchanged(images, tensor(new long[] { 1, 0 }));

        Assert.Equal([0, 100, 0], exchanged[0, 1, 1].data<byte>().ToArray());
        Assert.Equal([0, 0, 0], exchanged[1, 0, 0].data<byte>().ToArray());
        Assert.Equal([240, 0, 0], exchanged[1, 1, 1].data<byte>().ToArray());
    }

    /// <summary>uint8 (4, 4, 3).</summary>
    private static Tensor Image(byte[] ground, byte[] first, byte[] second)
    {
        byte[] pixels = [.. Enumerable.Repeat(ground, 16).SelectMany(pixel => pixel)];
        first.CopyTo(pixels, 3 * ((1 * 4) + 1));
        second.CopyTo(pixels, 3 * ((2 * 4) + 2));
        return tensor(pixels, 4, 4, 3);
    }

    private static void AssertClose(double[] expected, Tensor found) =>
        Assert.All(expected.Zip(found.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
}
