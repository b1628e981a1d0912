using System.Buffers.Binary;

namespace Pentimento.Data;

/// <summary>What a TIFF file says of its first picture, which is also the form of Exif.</summary>
internal sealed class TiffDirectory
{
    private const int MostEntries = 4096;
    private const int MostValues = 1 << 24;
    private readonly byte[] content;
    private readonly bool bigEndian;
    private readonly Dictionary<int, (int Type, uint Count, int At)> entries = [];

    private TiffDirectory(byte[] content) => (this.content, bigEndian) = (content, content[0] == 'M');

    /// <summary>Reads the first directory.</summary>
    /// <exception cref="BadInputException">It lies outside the file.</exception>
    public static TiffDirectory Read(byte[] content, string file)
    {
        Require.That(TiffDecoder.Knows(content) && content.Length >= 8, $"{file} is a damaged picture: it has no header.");
        var directory = new TiffDirectory(content);
        long start = directory.Four(4);
        Require.That(start + 2 <= content.Length, $"{file} is a damaged picture: its directory lies outside the file.");
        var count = directory.Two(content.AsSpan((int)start));
        Require.That(count <= MostEntries, $"{file} is a damaged picture: its directory has {count:N0} entries.");
        for (var entry = 0; entry < count; entry++)
        {
            var at = start + 2 + (12L * entry);
            Require.That(at + 12 <= content.Length, $"{file} is a damaged picture: its directory lies outside the file.");
            directory.Add((int)at);
        }

        return directory;
    }

    /// <summary>Whether there is an entry.</summary>
    public bool Has(TiffTag tag) => entries.ContainsKey((int)tag);

    /// <summary>The first number of an entry; another where there is none.</summary>
    public int One(TiffTag tag, int otherwise) => All(tag) is [var first, ..] && first <= int.MaxValue ? (int)first : otherwise;

    /// <summary>The whole numbers of an entry; none where there is none.</summary>
    public long[] All(TiffTag tag)
    {
        if (!entries.TryGetValue((int)tag, out var entry)) return [];
        var numbers = new long[entry.Count];
        for (var at = 0; at < numbers.Length; at++)
        {
            numbers[at] = entry.Type switch
            {
                1 or 2 or 7 => content[entry.At + at],
                3 => Two(content.AsSpan(entry.At + (2 * at))),
                _ => Four(entry.At + (4 * at)),
            };
        }

        return numbers;
    }

    /// <summary>The text of an entry; empty where there is none.</summary>
    public string Text(TiffTag tag) =>
        entries.TryGetValue((int)tag, out var entry) && entry.Type == 2
            ? System.Text.Encoding.Latin1.GetString(content, entry.At, (int)entry.Count).TrimEnd('\0').Trim()
            : "";

    /// <summary>Two bytes in the file's order.</summary>
    public ushort Two(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Writes two bytes in the file's order.</summary>
    public void Put(Span<byte> bytes, ushort value)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }

    private uint Four(int at) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(at));

    private void Add(int at)
    {
        var (tag, type, count) = (Two(content.AsSpan(at)), Two(content.AsSpan(at + 2)), Four(at + 4));
        var size = type switch { 1 or 2 or 7 => 1, 3 => 2, 4 => 4, _ => 0 };
        if (size == 0 || count is 0 or > MostValues) return;
        long place = size * (long)count <= 4 ? at + 8L : Four(at + 8);
        // What points outside the file is as if it were not there.
        if (place + (size * (long)count) <= content.Length) entries.TryAdd(tag, (type, count, (int)place));
    }
}

/// <summary>The numbers of a directory's entries that are read.</summary>
internal enum TiffTag
{
    /// <summary>Columns.</summary>
    Width = 256,

    /// <summary>Rows.</summary>
    Height = 257,

    /// <summary>Bits of each value.</summary>
    BitsPerSample = 258,

    /// <summary>How strips are packed.</summary>
    Compression = 259,

    /// <summary>What the values mean.</summary>
    Photometric = 262,

    /// <summary>The camera's maker.</summary>
    Make = 271,

    /// <summary>The camera.</summary>
    Model = 272,

    /// <summary>Where strips begin.</summary>
    StripOffsets = 273,

    /// <summary>How the picture is turned, as in Exif.</summary>
    Orientation = 274,

    /// <summary>Values of each pixel.</summary>
    SamplesPerPixel = 277,

    /// <summary>Rows of a strip.</summary>
    RowsPerStrip = 278,

    /// <summary>Bytes of each strip.</summary>
    StripByteCounts = 279,

    /// <summary>Whether channels lie apart.</summary>
    Planar = 284,

    /// <summary>Whether differences are stored.</summary>
    Predictor = 317,

    /// <summary>The palette.</summary>
    ColorMap = 320,
}
