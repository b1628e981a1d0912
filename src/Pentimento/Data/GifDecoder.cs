namespace Pentimento.Data;

/// <summary>The first frame of a GIF, transparent pixels in the colours that they have in the palette.</summary>
/// <remarks>CompuServe, 1990, "Graphics interchange format, version 89a".</remarks>
internal static class GifDecoder
{
    private const int ColorBytes = 3;

    /// <summary>Whether a file begins like one.</summary>
    public static bool Knows(ReadOnlySpan<byte> beginning) => beginning.StartsWith("GIF87a"u8) || beginning.StartsWith("GIF89a"u8);

    /// <summary>Decodes the first frame, on a screen that is in the first colour where the frame does not cover it.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static DecodedPicture Decode(byte[] content, string file)
    {
        try
        {
            return Read(content, file);
        }
        catch (IndexOutOfRangeException failure)
        {
            throw new BadInputException($"{file} is a damaged picture: it ends too early.", failure);
        }
    }

    private static DecodedPicture Read(byte[] content, string file)
    {
        var (width, height) = (Two(content, 6), Two(content, 8));
        PictureDecoder.CheckSize(file, width, height);
        PictureDecoder.CheckPacked(file, (long)width * height, content.Length, GifLzw.MostOfByte);
        var (palette, size, at) = (13, PaletteSize(content[10]), 13);
        at += ColorBytes * size;
        while (content[at] == 0x21) at = AfterBlocks(content, at + 2);
        Require.That(content[at] == 0x2C, $"{file} is a damaged picture: it holds no frame.");
        var (left, top, columns, rows) = (Two(content, at + 1), Two(content, at + 3), Two(content, at + 5), Two(content, at + 7));
        var packed = content[at + 9];
        at += 10;
        if (PaletteSize(packed) is > 0 and var own)
        {
            (palette, size) = (at, own);
            at += ColorBytes * own;
        }

        Require.That(palette + (ColorBytes * size) <= content.Length, $"{file} is a damaged picture: it ends too early.");
        Require.That(size > 0 && left + columns <= width && top + rows <= height, $"{file} is a damaged picture: its frame lies outside the screen.");
        var indices = new byte[columns * rows];
        var written = GifLzw.Unpack(Blocks(content, at + 1), content[at], indices);
        Require.That(written == indices.Length, $"{file} is a damaged picture: it ends before its last pixel.");
        var screen = new byte[width * height];
        for (var row = 0; row < rows; row++)
        {
            var line = (packed & 0x40) > 0 ? Interlaced(row, rows) : row;
            indices.AsSpan(row * columns, columns).CopyTo(screen.AsSpan(((top + line) * width) + left));
        }

        var pixels = new byte[screen.Length * ColorBytes];
        for (var place = 0; place < screen.Length; place++)
            if (screen[place] < size) content.AsSpan(palette + (ColorBytes * screen[place]), ColorBytes).CopyTo(pixels.AsSpan(ColorBytes * place));
        return new(pixels, new(height, width, ColorBytes));
    }

    /// <summary>Where a row of an interlaced frame belongs: every eighth, every eighth from 4, every fourth from 2, every second from 1.</summary>
    private static int Interlaced(int row, int rows)
    {
        foreach (var (start, step) in new[] { (0, 8), (4, 8), (2, 4), (1, 2) })
        {
            var count = (rows - start + step - 1) / step;
            if (row < count) return start + (row * step);
            row -= Math.Max(0, count);
        }

        return rows - 1;
    }

    private static int PaletteSize(byte packed) => (packed & 0x80) > 0 ? 2 << (packed & 7) : 0;

    private static int Two(byte[] content, int at) => content[at] | (content[at + 1] << 8);

    private static int AfterBlocks(byte[] content, int at)
    {
        while (content[at] > 0) at += content[at] + 1;
        return at + 1;
    }

    private static byte[] Blocks(byte[] content, int at)
    {
        var joined = new List<byte>();
        for (; at < content.Length && content[at] > 0; at += content[at] + 1)
            joined.AddRange(content.AsSpan(at + 1, Math.Min(content[at], content.Length - at - 1)));
        return [.. joined];
    }
}
