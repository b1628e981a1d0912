using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Pentimento.Data;

/// <summary>NumPy's array format, versions 1 to 3, little-endian.</summary>
/// <remarks>NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".</remarks>
public static partial class Npy
{
    private static readonly (string Code, string Name, Type Type, int Size)[] Types =
    [
        ("|u1", "uint8", typeof(byte), 1), ("|b1", "bool", typeof(bool), 1), ("<i4", "int32", typeof(int), 4),
        ("<i8", "int64", typeof(long), 8), ("<f4", "float32", typeof(float), 4), ("<f8", "float64", typeof(double), 8),
    ];

    /// <summary>Reads one array and nothing after it.</summary>
    /// <param name="stream">The array's bytes.</param>
    /// <param name="length">How many bytes there are; nothing larger is allocated.</param>
    /// <param name="name">The array's name, for messages.</param>
    /// <exception cref="BadInputException">The header is malformed, promises what is not there, or names another type.</exception>
    public static NpyArray Read(Stream stream, long length, string name)
    {
        var header = ReadHeader(stream, length, name, out var headerBytes);
        var match = Header().Match(header);
        Require.That(match.Success, $"{name}: the header is not one of NumPy's: '{header.Trim()}'.");
        var type = Types.FirstOrDefault(type => type.Code == match.Groups["type"].Value);
        Require.That(type.Type is not null, $"{name}: values of type '{match.Groups["type"].Value}' are not read; known are {string.Join(", ", Types.Select(known => known.Name))}.");

        var shape = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => long.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        var count = Count(shape, (length - headerBytes) / type.Size, name);
        Require.That(count * type.Size == length - headerBytes, $"{name}: the header promises {count:N0} {type.Name} values, but {length - headerBytes:N0} bytes follow.");

        Require.That(count * type.Size <= int.MaxValue, $"{name}: arrays beyond 2 GB are not read.");

        var data = Array.CreateInstance(type.Type, count);
        var bytes = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), checked((int)(count * type.Size)));
        Require.That(stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length, $"{name} is cut short.");
        var columnMajor = match.Groups["fortran"].Value == "True" && shape.Length > 1;
        return new(columnMajor ? RowMajor(data, shape) : data, shape);
    }

    /// <summary>Writes one array.</summary>
    public static void Write(Stream stream, NpyArray array)
    {
        var type = Types.First(type => type.Type == array.Data.GetType().GetElementType());
        var shape = array.Shape.Length == 1 ? $"({array.Shape[0]},)" : $"({string.Join(", ", array.Shape)})";
        var text = $"{{'descr': '{type.Code}', 'fortran_order': False, 'shape': {shape}, }}";
        // Data start at a multiple of 64 bytes: 10 bytes of magic and length, the text, spaces, a newline.
        var padded = text.PadRight(((text.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        Span<byte> start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8)];
        stream.Write(start);
        stream.Write(Encoding.ASCII.GetBytes(padded));
        stream.Write(Bytes(array.Data, type.Size));
    }

    /// <summary>NumPy's name of an array's element type.</summary>
    public static string NameOf(Array data) => Types.First(type => type.Type == data.GetType().GetElementType()).Name;

    internal static ReadOnlySpan<byte> Bytes(Array data) => Bytes(data, Types.First(type => type.Type == data.GetType().GetElementType()).Size);

    private static Span<byte> Bytes(Array data, int size) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), checked(data.Length * size));

    private static string ReadHeader(Stream stream, long length, string name, out long headerBytes)
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

        Require.That(headerBytes <= length && size <= 65536, $"{name}: the header claims {size:N0} bytes.");
        var text = new byte[size];
        Require.That(stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) == text.Length, $"{name} is cut short in its header.");
        return Encoding.UTF8.GetString(text);
    }

    private static long Count(long[] shape, long most, string name)
    {
        if (shape.Contains(0)) return 0;
        var count = 1L;
        foreach (var size in shape)
        {
            Require.That(count <= most / size, $"{name}: the header promises ({string.Join(", ", shape)}) values, more than the {most:N0} that follow.");
            count *= size;
        }

        return count;
    }

    private static Array RowMajor(Array columnMajor, long[] shape)
    {
        var ordered = Array.CreateInstance(columnMajor.GetType().GetElementType()!, columnMajor.Length);
        var place = new long[shape.Length];
        for (var to = 0; to < ordered.Length; to++)
        {
            var from = 0L;
            for (var axis = shape.Length - 1; axis >= 0; axis--) from = (from * shape[axis]) + place[axis];
            Array.Copy(columnMajor, from, ordered, to, 1);
            for (var axis = shape.Length - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--) place[axis] = 0;
        }

        return ordered;
    }

    [GeneratedRegex(@"^\s*\{\s*'descr'\s*:\s*'(?<type>[^']{2,8})'\s*,\s*'fortran_order'\s*:\s*(?<fortran>True|False)\s*,\s*'shape'\s*:\s*\(\s*(?<shape>([0-9]{1,18}\s*,\s*)*([0-9]{1,18}\s*)?)\)\s*,?\s*\}\s*$")]
    private static partial Regex Header();
}
