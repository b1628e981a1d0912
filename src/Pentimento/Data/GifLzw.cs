namespace Pentimento.Data;

/// <summary>GIF's variant of LZW: codes from the least significant bit on, of the palette's width and one more to 12 bits.</summary>
/// <remarks>Welch, 1984, "A technique for high-performance data compression".</remarks>
internal static class GifLzw
{
    /// <summary>More than a byte of codes holds: the longest string of a full table is shorter than the table, and takes 12 bits.</summary>
    public const int MostOfByte = 4096;

    private const int Most = 4096;

    /// <summary>Unpacks a frame.</summary>
    /// <param name="packed">The codes.</param>
    /// <param name="depth">The bits of a palette's index, 2 to 8.</param>
    /// <param name="target">Filled with indices.</param>
    /// <returns>How many were written; fewer than there is room for where the frame is damaged.</returns>
    public static int Unpack(ReadOnlySpan<byte> packed, int depth, Span<byte> target)
    {
        if (depth is < 1 or > 8) return 0;
        var clear = 1 << depth;
        // A string lies where it was written first: each new one is the string before it and the byte behind that.
        var (starts, lengths) = (new int[Most], new int[Most]);
        var (next, width, written) = (clear + 2, depth + 1, 0);
        var (before, bits, held, at) = (-1, 0, 0, 0);
        while (written < target.Length)
        {
            while (held < width)
            {
                if (at == packed.Length) return written;
                bits |= packed[at++] << held;
                held += 8;
            }

            var code = bits & ((1 << width) - 1);
            bits >>= width;
            held -= width;
            if (code == clear + 1) return written;
            if (code == clear)
            {
                (next, width, before) = (clear + 2, depth + 1, -1);
                continue;
            }

            var made = before >= 0 && next < Most;
            if (made) (starts[next], lengths[next]) = (before, written - before + 1);
            if (code >= (made ? next + 1 : next)) return written;
            before = written;
            if (code < clear) target[written++] = (byte)code;
            else
                for (int from = starts[code], end = from + lengths[code]; from < end && written < target.Length;) target[written++] = target[from++];
            if (made) next++;
            if (next == 1 << width && width < 12) width++;
        }

        return written;
    }
}
