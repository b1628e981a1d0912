namespace Pentimento.Data;

/// <summary>TIFF's variant of LZW: codes of 9 to 12 bits, most significant first, that widen one code early.</summary>
/// <remarks>Welch, 1984, "A technique for high-performance data compression"; Aldus, 1992, "TIFF, revision 6.0", section 13.</remarks>
internal static class TiffLzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int Most = 4096;

    /// <summary>Unpacks a strip.</summary>
    /// <returns>How many bytes were written; fewer than there is room for where the strip is damaged.</returns>
    public static int Unpack(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        // A string lies where it was written first: each new one is the string before it and the byte behind that.
        var (starts, lengths) = (new int[Most + 1], new int[Most + 1]);
        var (next, width, written) = (End + 1, 9, 0);
        var (before, bits, held, at) = (-1, 0, 0, 0);
        while (written < target.Length)
        {
            while (held < width)
            {
                if (at == packed.Length) return written;
                bits = (bits << 8) | packed[at++];
                held += 8;
            }

            var code = (bits >> (held - width)) & ((1 << width) - 1);
            held -= width;
            bits &= (1 << held) - 1;
            if (code == End) return written;
            if (code == Clear)
            {
                (next, width, before) = (End + 1, 9, -1);
                continue;
            }

            var made = before >= 0 && next < Most;
            if (made) (starts[next], lengths[next]) = (before, written - before + 1);
            if (code >= (made ? next + 1 : next)) return written;
            before = written;
            if (code < Clear) target[written++] = (byte)code;
            else written += Copy(target, starts[code], written, lengths[code]);
            if (made) next++;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }

        return written;
    }

    private static int Copy(Span<byte> target, int from, int to, int length)
    {
        var count = Math.Min(length, target.Length - to);
        // Byte by byte: a string may overlap the place that it is copied to.
        for (var at = 0; at < count; at++) target[to + at] = target[from + at];
        return count;
    }
}
