using System.Buffers.Binary;
using System.Text;

namespace Pentimento.Data;

/// <summary>What stands before the values of a NumPy array.</summary>
/// <param name="Type">What the values are.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="ColumnMajor">Whether the first index runs fastest (Fortran's order).</param>
/// <param name="BigEndian">Whether a value's most significant byte comes first.</param>
internal sealed record NpyHeader(NpyType Type, long[] Shape, bool ColumnMajor = false, bool BigEndian = false)
{
    private const int Longest = 65536;

    // NumPy itself has no more.
    private const int MostDimensions = 64;

    /// <summary>Reads a header of version 1, 2 or 3.</summary>
    /// <param name="stream">The array's bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="name">The array's name, for messages.</param>
    /// <returns>The header and how many values follow, which is never more than the bytes can hold.</returns>
    public static (NpyHeader Header, long Count) Read(Stream stream, long length, string name)
    {
        var text = Text(stream, length, name, out var headerBytes);
        var read = NpyHeaderText.Read(text);
        Require.That(read is not null, $"{name}: the header is not one of NumPy's: '{Printable.Short(text.Trim())}'.");
        var (described, columnMajor, shape) = read.Value;
        var type = NpyType.Find(described);
        Require.That(
            type is not null,
            $"{name}: values of type '{Printable.Short(described)}' are not read; known are "
                + $"{string.Join(", ", NpyType.All.Select(known => known.Name))}.");

        var room = length - headerBytes;
        Require.That(shape.Length <= MostDimensions, $"{name} has {shape.Length:N0} dimensions; NumPy knows at most {MostDimensions}.");
        var count = CountOf(shape, room / type.Size, name);
        Require.That(count * type.Size == room, $"{name}: the header promises {count:N0} {type.Name} values, but {room:N0} bytes follow.");
        return (new(type, shape, columnMajor && shape.Length > 1, described[0] == '>' && type.Size > 1), count);
    }

    /// <summary>The bytes of a version 1 header as NumPy writes them.</summary>
    public byte[] ToBytes()
    {
        var shape = Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        var text = $"{{'descr': '{Type.Described}', 'fortran_order': {ColumnMajor}, 'shape': {shape}, }}";
        // Values start at a multiple of 64 bytes: 10 bytes of magic and length, the text, spaces, a newline.
        var padded = text.PadRight(((text.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        return
        [
            0x93,
            (byte)'N',
            (byte)'U',
            (byte)'M',
            (byte)'P',
            (byte)'Y',
            1,
            0,
            (byte)padded.Length,
            (byte)(padded.Length >> 8),
            .. Encoding.ASCII.GetBytes(padded),
        ];
    }

    private static string Text(Stream stream, long length, string name, out long headerBytes)
    {
        Span<byte> start = stackalloc byte[12];
        Require.That(stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) == 10, $"{name} is too short for a NumPy array.");
        Require.That(start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..], $"{name} does not start like a NumPy array.");
        Require.That(start[6] is >= 1 and <= 3, $"{name} has NumPy format version {start[6]}, known are 1 to 3.");
        long size = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        headerBytes = 10 + size;
        if (start[6] > 1)
        {
            Require.That(stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false) == 2, $"{name} is too short for a NumPy array.");
            size = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            headerBytes = 12 + size;
        }

        Require.That(headerBytes <= length && size <= Longest, $"{name}: the header claims {size:N0} bytes.");
        var text = new byte[size];
        Require.That(stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) == text.Length, $"{name} is cut short in its header.");
        return Encoding.UTF8.GetString(text);
    }

    private static long CountOf(long[] shape, long most, string name)
    {
        if (shape.Contains(0)) return 0;
        var count = 1L;
        foreach (var size in shape)
        {
            Require.That(
                count <= most / size,
                $"{name}: the header promises ({string.Join(", ", shape.Take(8))}) values, more than the {most:N0} that follow.");
            count *= size;
        }

        return count;
    }
}
