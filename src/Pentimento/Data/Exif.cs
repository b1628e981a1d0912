using System.Buffers.Binary;

namespace Pentimento.Data;

/// <summary>What a camera wrote into a picture: Exif, which is the form of TIFF's directories.</summary>
/// <remarks>CIPA DC-008, 2012, "Exchangeable image file format for digital still cameras"; in PNG the chunk eXIf.</remarks>
internal static class Exif
{
    /// <summary>The first directory of a JPEG, PNG, WebP or TIFF; null where there is none.</summary>
    public static TiffDirectory? Of(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> beginning = stackalloc byte[12];
        if (stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) < beginning.Length) return null;
        if (TiffDecoder.Knows(beginning)) return Directory(File.ReadAllBytes(file));
        if (beginning is [0xFF, 0xD8, ..]) return OfJpeg(stream);
        if (IsPng(beginning)) return OfPng(stream);
        return beginning[..4].SequenceEqual("RIFF"u8) && beginning[8..].SequenceEqual("WEBP"u8) ? OfWebp(stream) : null;
    }

    /// <summary>Exif's orientation of a PNG, which the decoder does not look for; 1 where there is none.</summary>
    public static int OrientationOfPng(Stream stream) => OfPng(stream)?.One(TiffTag.Orientation, 1) ?? 1;

    /// <summary>Whether a file begins like a PNG.</summary>
    public static bool IsPng(ReadOnlySpan<byte> beginning) => beginning.Length > 8 && beginning[0] == 0x89 && beginning[1..4].SequenceEqual("PNG"u8);

    private static TiffDirectory? OfPng(Stream stream) => Chunk(stream, 8, "eXIf"u8, bigEndian: true);

    private static TiffDirectory? OfWebp(Stream stream) => Chunk(stream, 12, "EXIF"u8, bigEndian: false);

    /// <summary>The chunk of a name: PNG's have length, name, content, checksum; RIFF's name, length, content and a byte more where that is
    /// odd.</summary>
    private static TiffDirectory? Chunk(Stream stream, long start, ReadOnlySpan<byte> name, bool bigEndian)
    {
        Span<byte> head = stackalloc byte[8];
        for (var at = start; at + 8 <= stream.Length;)
        {
            stream.Position = at;
            stream.ReadExactly(head);
            long length = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(head) : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if ((bigEndian ? head[4..] : head[..4]).SequenceEqual(name)) return Directory(stream, length);
            at += 8 + length + (bigEndian ? 4 : length & 1);
        }

        return null;
    }

    private static TiffDirectory? OfJpeg(Stream stream)
    {
        Span<byte> head = stackalloc byte[4];
        for (long at = 2; at + 4 <= stream.Length;)
        {
            stream.Position = at;
            stream.ReadExactly(head);
            // The picture itself begins: what a camera says stands before it.
            if (head[0] != 0xFF || head[1] == 0xDA) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]) - 2;
            if (head[1] == 0xE1 && length > 6 && Directory(stream, length) is { } found) return found;
            at += 4 + length;
        }

        return null;
    }

    private static TiffDirectory? Directory(Stream stream, long length)
    {
        if (length > stream.Length - stream.Position) return null;
        var content = new byte[length];
        stream.ReadExactly(content);
        return Directory(content.AsSpan().StartsWith("Exif\0\0"u8) ? content[6..] : content);
    }

    /// <summary>Damaged Exif is no Exif: the picture is whole without it.</summary>
    private static TiffDirectory? Directory(byte[] content)
    {
        if (content.Length < 8 || !TiffDecoder.Knows(content)) return null;
        try
        {
            return TiffDirectory.Read(content, "Exif");
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
