using System.Buffers.Binary;
using System.IO.Compression;

namespace Pentimento.Data;

/// <summary>PNGs of one 16-bit channel, whose values Pillow keeps and then cuts at 255 where bytes are wanted.</summary>
/// <remarks>W3C, 2003, "Portable Network Graphics (PNG) specification", section 9 for the filters.</remarks>
internal static class DeepGreyPng
{
    private const int Header = 8;

    // DEFLATE (RFC 1951) makes at most 258 bytes of two bits.
    private const int MostOfByte = 1032;

    /// <summary>Whether a file begins like one that is not interlaced: width, height, depth 16, grey.</summary>
    public static bool Knows(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= 29 && beginning[0] == 0x89 && beginning[1..4].SequenceEqual("PNG"u8)
        && beginning[24] == 16 && beginning[25] == 0 && beginning[28] == 0;

    /// <summary>Decodes a picture; values above 255 become 255.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static DecodedPicture Decode(byte[] content, string file)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(20)));
        PictureDecoder.CheckSize(file, width, height);
        var length = 2 * width;
        PictureDecoder.CheckPacked(file, height * (length + 1L), content.Length, MostOfByte);
        var (lines, pixels) = (new byte[height * (length + 1)], new byte[height * width]);
        try
        {
            using var inflated = new ZLibStream(new MemoryStream(Packed(content)), CompressionMode.Decompress);
            var read = inflated.ReadAtLeast(lines, lines.Length, throwOnEndOfStream: false);
            Require.That(read == lines.Length, $"{file} is a damaged picture: it ends before its last pixel.");
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is a damaged picture: {failure.Message}", failure);
        }

        var before = new byte[length];
        for (var row = 0; row < height; row++)
        {
            var line = lines.AsSpan((row * (length + 1)) + 1, length);
            Unfilter(lines[row * (length + 1)], line, before);
            line.CopyTo(before);
            for (var column = 0; column < width; column++)
                pixels[(row * width) + column] = line[2 * column] > 0 ? byte.MaxValue : line[(2 * column) + 1];
        }

        return new(pixels, new(height, width, 1));
    }

    private static byte[] Packed(ReadOnlySpan<byte> content)
    {
        var packed = new List<byte>();
        for (var at = Header; at + 12 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(content[at..]);
            if (length < 0 || at + 12L + length > content.Length) break;
            if (content.Slice(at + 4, 4).SequenceEqual("IDAT"u8)) packed.AddRange(content.Slice(at + 8, length));
            at += length + 12;
        }

        return [.. packed];
    }

    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var (left, corner) = at < 2 ? (0, 0) : (line[at - 2], above[at - 2]);
            line[at] += filter switch
            {
                1 => (byte)left,
                2 => above[at],
                3 => (byte)((left + above[at]) / 2),
                4 => Paeth(left, above[at], corner),
                _ => 0,
            };
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return (byte)(a <= b && a <= c ? left : b <= c ? above : corner);
    }
}
