using Pentimento.Data;
using Pentimento.Data.Properties;

namespace Pentimento.Tests.Data.Properties;

public sealed class MeasuredPropertiesTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void Pixels_have_the_properties_that_can_be_reckoned_by_hand()
    {
        // Two pixels of pure red and two of black.
        Assert.Equal(0.299 / 2, Number(new Brightness(), 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0), 1e-12);
        Assert.Equal(0.299 / 2, Number(new Contrast(), 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0), 1e-12);
        Assert.Equal(0.5, Number(new Saturation(), 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0), 1e-12);
        Assert.Equal(240, Number(new Hue(), 0, 0, 255, 0, 0, 255, 0, 0, 9, 7, 7, 7), 1e-9);
        Assert.Equal(60, Number(new Hue(), 200, 200, 0, 200, 200, 0, 255, 0, 0, 0, 255, 0), 1e-9);
        Assert.Equal(0, Number(new Hue(), 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    }

    [Fact]
    public void A_sharp_edge_has_a_larger_laplacian_than_a_soft_one()
    {
        byte[] sharp = [.. Enumerable.Range(0, 64).Select(at => (byte)(at % 8 < 4 ? 0 : 240))];
        byte[] soft = [.. Enumerable.Range(0, 64).Select(at => (byte)(30 * (at % 8)))];
        double Of(byte[] pixels) => new Sharpness().Of(new(pixels, new(8, 8, 1), null)).Number;

        Assert.Equal(0, Of(soft), 1e-12);
        // Two of the six inner columns have a Laplacian of 240/255, one up and one down: a variance of a third of its square.
        Assert.Equal(Math.Pow(240 / 255.0, 2) / 3, Of(sharp), 1e-12);
    }

    [Theory]
    [InlineData(250, 250, 250, "white")]
    [InlineData(5, 5, 5, "black")]
    [InlineData(128, 120, 125, "grey")]
    [InlineData(30, 90, 30, "green")]
    [InlineData(10, 20, 200, "blue")]
    public void The_border_has_a_colour_by_name(byte red, byte green, byte blue, string name)
    {
        byte[] ring = [.. Enumerable.Range(0, 9).SelectMany(at => at == 4 ? [(byte)255, (byte)0, (byte)255] : new[] { red, green, blue })];

        Assert.Equal(name, new BorderColor().Of(new(ring, new(3, 3, 3), null)).Name);
    }

    [Theory]
    [InlineData("baseline.jpg", 90)]
    [InlineData("subsampled.jpg", 75)]
    [InlineData("progressive.jpg", 60)]
    [InlineData("cmyk.jpg", 90)]
    [InlineData("rgb.png", double.NaN)]
    public void The_quality_of_a_JPEG_is_that_with_which_Pillow_wrote_it(string name, double quality) =>
        Assert.Equal(quality, new JpegQuality().Of(File(name)).Number, 1.01);

    [Fact]
    public void Files_have_a_camera_a_type_and_a_size()
    {
        Assert.Equal("Maker Camera 6", new Camera().Of(File("orientation-6.jpg")).Name);
        Assert.Equal("Maker Camera 6", new Camera().Of(File("orientation-6.png")).Name);
        Assert.Equal("Maker Camera 6", new Camera().Of(File("orientation-6.webp")).Name);
        Assert.Equal("Maker Camera 8", new Camera().Of(File("orientation-8.tif")).Name);
        Assert.Equal("", new Camera().Of(File("rgb.png")).Name);
        Assert.Equal("jpg", new FileType().Of(File("orientation-6.jpg")).Name);
        Assert.Equal(22 / 14.0, new Aspect().Of(File("orientation-6.jpg")).Number, 1e-12);
        Assert.Equal(0.308, new PixelCount().Of(File("rgb.png")).Number, 1e-12);
        Assert.Equal(new FileInfo(Oracle.At("pictures/rgb.png")).Length / 1000.0, new FileSize().Of(File("rgb.png")).Number);
    }

    [Fact]
    public void Properties_become_attributes_in_quarters_named_by_their_ends()
    {
        var set = new ImageSet("greys", [0, 10, 20, 30, 40, 51, 51, 255], new long[8], [], new(1, 1, 1));

        var measured = MeasuredProperties.With(set, ["place", "@brightness"], Run);

        Assert.Equal([0, 0, 1, 1, 2, 3, 3, 3], measured.AttributeOf("@brightness"));
        Assert.Equal("0 to 0.0392", measured.ValueName("@brightness", 0));
        Assert.Equal("0.157", measured.ValueName("@brightness", 2));
        Assert.Contains("did you mean 'brightness'", Refusal("@brightnes"));
        Assert.Contains("holds no files", Refusal("@camera"));

        string Refusal(string name) => Assert.Throws<BadInputException>(() => MeasuredProperties.With(set, [name], Run)).Message;
    }

    private static double Number(PropertyAttribute property, params byte[] pixels) => property.Of(new(pixels, new(2, 2, 3), null)).Number;

    private static MeasuredImage File(string name) => new(Array.Empty<byte>(), default, Oracle.At($"pictures/{name}"));
}
