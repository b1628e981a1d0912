using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class ImageFileTests
{
    [Fact]
    public void Damaged_pictures_are_refused_or_read_and_nothing_else_happens()
    {
        using var scratch = new Scratch();
        var whole = ImageFile.Png(Oracle.Images.PixelsOf(0), Oracle.Images.Shape);

        var refused = Corruption
            .Of(whole, 300, 60)
            .Count(damaged => Corruption.IsRefused(() => ImageFile.Read(scratch.Write("damaged.png", damaged), Oracle.Images.Shape)));

        // PNG carries checksums, so almost no damage goes unnoticed.
        Assert.InRange(refused, 150, 300);
    }

    [Theory]
    [InlineData("transparent.gif")]
    [InlineData("tiff_lzw.tif")]
    [InlineData("tiff_adobe_deflate.tif")]
    [InlineData("packbits.tif")]
    [InlineData("palette.tif")]
    [InlineData("grey.pgm")]
    [InlineData("grey-16.png")]
    [InlineData("orientation-6.png")]
    [InlineData("orientation-6.jpg")]
    [InlineData("orientation-6.webp")]
    public void Damage_to_other_kinds_is_refused_or_read_and_nothing_else_happens(string name)
    {
        using var scratch = new Scratch();

        var refused = Corruption
            .Of(File.ReadAllBytes(Oracle.At($"pictures/{name}")), 150, 60)
            .Count(damaged => Corruption.IsRefused(() => PictureDecoder.Decode(scratch.Write("damaged", damaged))));

        Assert.InRange(refused, 1, 150);
    }

    [Fact]
    public void A_picture_that_claims_to_be_huge_is_refused_before_memory_is_taken()
    {
        using var scratch = new Scratch();
        var png = ImageFile.Png(new byte[12], new(2, 2, 3));
        // Width and height stand at bytes 16 to 23; their checksum, over bytes 12 to 28, follows.
        var huge = png.ToArray();
        (huge[16], huge[20]) = (0x0F, 0x0F);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(huge.AsSpan(29), Crc(huge.AsSpan(12, 17)));

        Assert.Throws<BadInputException>(() => ImageFile.ShapeOf(scratch.Write("huge.png", huge)));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
