using System.Buffers.Binary;

namespace Pentimento.Data.Properties;

/// <summary>The quantisation tables of a JPEG.</summary>
internal static class JpegTables
{
    /// <summary>The sum of the standard's luminance table, whose entries a quality scales.</summary>
    /// <remarks>ITU-T T.81, 1992, table K.1.</remarks>
    private const double StandardSum = 3688;

    private const int Entries = 64;

    /// <summary>The quality that scales the standard's table to that of a file, 1 to 100; null for a file that is no JPEG.</summary>
    public static double? QualityOf(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[4];
        if (stream.ReadAtLeast(head[..2], 2, throwOnEndOfStream: false) < 2 || head is not [0xFF, 0xD8, ..]) return null;
        for (long at = 2; at + 4 <= stream.Length;)
        {
            stream.Position = at;
            stream.ReadExactly(head);
            if (head[0] != 0xFF || head[1] == 0xDA) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            if (head[1] == 0xDB && Sum(stream, length - 2) is { } sum) return Quality(100 * sum / StandardSum);
            at += 2 + length;
        }

        return null;
    }

    private static double Quality(double scale) =>
        Math.Clamp(Math.Round(scale <= 100 ? (200 - scale) / 2 : 5000 / scale), 1, 100);

    /// <summary>The sum of the first table of a segment; null where it is not the luminance's.</summary>
    private static double? Sum(FileStream stream, int length)
    {
        var content = new byte[Math.Max(0, length)];
        if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || content.Length == 0) return null;
        var wide = content[0] >> 4 == 1;
        if ((content[0] & 15) != 0 || content.Length < 1 + (wide ? 2 * Entries : Entries)) return null;
        return Enumerable.Range(0, Entries).Sum(entry =>
            wide ? BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(1 + (2 * entry))) : (double)content[1 + entry]);
    }
}
