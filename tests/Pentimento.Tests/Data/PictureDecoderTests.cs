using Pentimento.Data;

namespace Pentimento.Tests.Data;

/// <summary>Against Pillow 9.4.0; <c>Oracle/pictures.py</c> wrote the pictures and what it reads.</summary>
public sealed class PictureDecoderTests
{
    private static readonly IReadOnlyDictionary<string, NpyArray> Expected = Npz.Read(Oracle.At("pictures.npz"));

    public static TheoryData<string> Pictures =>
        [.. Expected.Keys.Where(name => !name.Contains('@') && !name.Contains('#')).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Pictures))]
    public void Pictures_are_read_as_Pillow_reads_them(string name)
    {
        var expected = Expected[name];
        var file = Oracle.At($"pictures/{name}");

        var read = PictureDecoder.Decode(file).With(3);

        Assert.Equal((expected.Shape[0], expected.Shape[1]), (read.Shape.Height, read.Shape.Width));
        Assert.Equal((read.Shape.Height, read.Shape.Width), (PictureDecoder.ShapeOf(file).Height, PictureDecoder.ShapeOf(file).Width));
        var differences = read.Pixels.Zip((byte[])expected.Data, (one, other) => Math.Abs(one - other)).ToList();
        Assert.True(differences.Max() <= 0, $"{name}: at most {differences.Max()}, in mean {differences.Average():0.00}");
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(100, 80)]
    [InlineData(10, 150)]
    public void Pictures_are_stretched_as_Pillow_resizes_them(int height, int width)
    {
        var scaled = PictureDecoder.Decode(Oracle.At("pictures/wide.png"), new(new(height, width), Crop: false));

        Assert.Equal((byte[])Expected[$"wide.png@{height}x{width}"].Data, scaled.Pixels);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(50)]
    [InlineData(90)]
    public void The_middle_is_taken_as_torchvision_takes_it(int size)
    {
        var scaled = PictureDecoder.Decode(Oracle.At("pictures/wide.png"), new(new(size, size), Crop: true));

        Assert.Equal((byte[])Expected[$"wide.png#{size}"].Data, scaled.Pixels);
    }
}
