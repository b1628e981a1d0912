using System.Text;

namespace Pentimento.Data;

/// <summary>Netpbm's raw grey and colour pictures of bytes: P5 (<c>.pgm</c>) and P6 (<c>.ppm</c>).</summary>
internal static class NetpbmDecoder
{
    /// <summary>Whether a file begins like one.</summary>
    public static bool Knows(ReadOnlySpan<byte> beginning) =>
        beginning is [(byte)'P', (byte)'5' or (byte)'6', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t', ..];

    /// <summary>Reads the size alone.</summary>
    /// <exception cref="BadInputException">The header is damaged.</exception>
    public static ImageShape ShapeOf(ReadOnlySpan<byte> content, string file) => Header(content, file).Shape;

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="BadInputException">It is damaged, or of more than 8 bits.</exception>
    public static DecodedPicture Decode(ReadOnlySpan<byte> content, string file)
    {
        var (shape, start) = Header(content, file);
        Require.That(content.Length - start >= shape.Size, $"{file} is a damaged picture: it ends before its last pixel.");
        return new(content.Slice(start, shape.Size).ToArray(), shape);
    }

    private static (ImageShape Shape, int Start) Header(ReadOnlySpan<byte> content, string file)
    {
        var at = 2;
        Span<int> numbers = stackalloc int[3];
        for (var number = 0; number < 3; number++)
        {
            var digits = Next(content, ref at);
            Require.That(int.TryParse(digits, out numbers[number]), $"{file} is a damaged picture: its header says '{Printable.Short(digits, 20)}'.");
        }

        Require.That(numbers[2] == 255, $"{file} has values up to {numbers[2]}; of .pgm and .ppm those of bytes, up to 255, are read.");
        PictureDecoder.CheckSize(file, numbers[0], numbers[1]);
        return (new(numbers[1], numbers[0], content[1] == '5' ? 1 : 3), at + 1);
    }

    private static string Next(ReadOnlySpan<byte> content, ref int at)
    {
        while (at < content.Length && (content[at] <= ' ' || content[at] == '#'))
        {
            if (content[at] == '#')
                while (at < content.Length && content[at] != '\n') at++;
            else at++;
        }

        var start = at;
        while (at < content.Length && content[at] > ' ') at++;
        return Encoding.Latin1.GetString(content[start..at]);
    }
}
