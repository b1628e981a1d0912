using System.IO.Compression;

namespace Pentimento.Data;

/// <summary>The first picture of a TIFF file: strips of 1, 8 or 16 bits, grey, RGB or palette; plain, PackBits, LZW or deflate.</summary>
/// <remarks>Aldus, 1992, "TIFF, revision 6.0"; deflate by Adobe's technical note of 2002.</remarks>
internal sealed class TiffDecoder
{
    private readonly byte[] content;
    private readonly string file;
    private readonly TiffDirectory directory;

    private TiffDecoder(byte[] content, string file) => (this.content, this.file, directory) = (content, file, TiffDirectory.Read(content, file));

    /// <summary>Whether a file begins like one.</summary>
    public static bool Knows(ReadOnlySpan<byte> beginning) =>
        beginning is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..];

    /// <summary>Reads the size alone, upright.</summary>
    /// <exception cref="BadInputException">The header is damaged, or the picture of a kind that is not read.</exception>
    public static ImageShape ShapeOf(byte[] content, string file)
    {
        var decoder = new TiffDecoder(content, file);
        return DecodedPicture.Upright(decoder.Shape(), decoder.directory.One(TiffTag.Orientation, 1));
    }

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="BadInputException">It is damaged, or of a kind that is not read.</exception>
    public static DecodedPicture Decode(byte[] content, string file)
    {
        var decoder = new TiffDecoder(content, file);
        return decoder.Decode().Upright(decoder.directory.One(TiffTag.Orientation, 1));
    }

    private int Photometric => directory.One(TiffTag.Photometric, 1);

    private int Samples => directory.One(TiffTag.SamplesPerPixel, 1);

    private int Bits => directory.One(TiffTag.BitsPerSample, 1);

    private ImageShape Shape()
    {
        var (width, height) = (directory.One(TiffTag.Width, 0), directory.One(TiffTag.Height, 0));
        PictureDecoder.CheckSize(file, width, height);
        Require.That(
            Photometric is 0 or 1 or 2 or 3 && Bits is 1 or 8 or 16 && (Bits == 8 || Photometric < 3) && (Bits > 1 || Samples == 1)
                && Samples is >= 1 and <= 8 && (Photometric != 2 || Samples >= 3) && directory.One(TiffTag.Planar, 1) == 1
                && directory.Has(TiffTag.StripOffsets),
            $"{file} is a TIFF of a kind that is not read (tiles, planes, JPEG or CMYK within); convert it to PNG.");
        return new(height, width, Photometric <= 1 ? 1 : 3);
    }

    private DecodedPicture Decode()
    {
        var shape = Shape();
        var line = ((shape.Width * Samples * Bits) + 7) / 8;
        PictureDecoder.CheckPacked(file, (long)line * shape.Height, content.Length, GifLzw.MostOfByte);
        var values = new byte[line * shape.Height];
        var rows = Math.Clamp(directory.One(TiffTag.RowsPerStrip, shape.Height), 1, shape.Height);
        var (offsets, lengths) = (directory.All(TiffTag.StripOffsets), directory.All(TiffTag.StripByteCounts));
        Require.That(
            offsets.Length >= (shape.Height + rows - 1) / rows && lengths.Length >= offsets.Length,
            $"{file} is a damaged picture: strips are missing.");
        for (var strip = 0; strip * rows < shape.Height; strip++)
        {
            var target = values.AsSpan(strip * rows * line, Math.Min(rows, shape.Height - (strip * rows)) * line);
            Require.That(
                offsets[strip] >= 0 && lengths[strip] >= 0 && offsets[strip] + (long)lengths[strip] <= content.Length,
                $"{file} is a damaged picture: a strip lies outside the file.");
            Unpack(content.AsSpan((int)offsets[strip], (int)lengths[strip]), target);
        }

        if (directory.One(TiffTag.Predictor, 1) == 2) Integrate(values, line);
        return new(Samplewise(values, line, shape), shape);
    }

    private void Unpack(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        var written = directory.One(TiffTag.Compression, 1) switch
        {
            1 => Copy(packed, target),
            5 => TiffLzw.Unpack(packed, target),
            8 or 32946 => Inflate(packed, target),
            32773 => PackBits(packed, target),
            var other => throw new BadInputException($"{file} is a TIFF packed in a way that is not read (compression {other}); convert it to PNG."),
        };
        Require.That(written == target.Length, $"{file} is a damaged picture: a strip ends early.");
    }

    private static int Copy(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        var length = Math.Min(packed.Length, target.Length);
        packed[..length].CopyTo(target);
        return length;
    }

    private int Inflate(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        try
        {
            using var inflated = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            return inflated.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is a damaged picture: {failure.Message}", failure);
        }
    }

    private static int PackBits(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        var (from, to) = (0, 0);
        while (from < packed.Length && to < target.Length)
        {
            int head = (sbyte)packed[from++];
            if (head == -128) continue;
            var count = Math.Min(Math.Abs(head) + 1, target.Length - to);
            if (from + (head < 0 ? 1 : count) > packed.Length) break;
            if (head < 0) target.Slice(to, count).Fill(packed[from]);
            else packed.Slice(from, count).CopyTo(target[to..]);
            from += head < 0 ? 1 : head + 1;
            to += count;
        }

        return to;
    }

    /// <summary>Undoes differences between neighbouring pixels.</summary>
    private void Integrate(byte[] values, int line)
    {
        for (var start = 0; start < values.Length; start += line)
        {
            var row = values.AsSpan(start, line);
            if (Bits == 8)
                for (var at = Samples; at < line; at++) row[at] += row[at - Samples];
            else if (Bits == 16)
                for (var at = 2 * Samples; at + 1 < line; at += 2)
                    directory.Put(row[at..], (ushort)(directory.Two(row[at..]) + directory.Two(row[(at - (2 * Samples))..])));
        }
    }

    private byte[] Samplewise(byte[] values, int line, ImageShape shape)
    {
        var pixels = new byte[shape.Size];
        var palette = Photometric == 3 ? directory.All(TiffTag.ColorMap) : [];
        Require.That(Photometric != 3 || palette.Length >= 3 * 256, $"{file} is a damaged picture: its palette is too short.");
        for (var at = 0; at < pixels.Length; at++)
        {
            var (row, column, channel) = (at / (shape.Width * shape.Channels), at / shape.Channels % shape.Width, at % shape.Channels);
            pixels[at] = palette.Length > 0
                ? (byte)(palette[(256 * channel) + values[(row * line) + (column * Samples)]] >> 8)
                : Sample(values.AsSpan(row * line, line), (column * Samples) + channel);
        }

        return pixels;
    }

    private byte Sample(ReadOnlySpan<byte> row, int at)
    {
        var value = Bits switch
        {
            1 => (byte)(((row[at / 8] >> (7 - (at % 8))) & 1) * 255),
            8 => row[at],
            // As Pillow: colours lose their lower byte, grey is cut at 255.
            _ when Photometric == 2 => (byte)(directory.Two(row[(2 * at)..]) >> 8),
            _ => (byte)Math.Min((ushort)255, directory.Two(row[(2 * at)..])),
        };
        return Photometric == 0 ? (byte)(255 - value) : value;
    }
}
