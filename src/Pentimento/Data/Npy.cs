using System.Runtime.InteropServices;

namespace Pentimento.Data;

/// <summary>NumPy's array format: versions 1 to 3, either byte order, either order of axes.</summary>
/// <remarks>NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".</remarks>
internal static class Npy
{
    /// <summary>Reads one array and nothing after it.</summary>
    /// <param name="stream">The array's bytes.</param>
    /// <param name="length">How many bytes there are; nothing larger is allocated.</param>
    /// <param name="name">The array's name, for messages.</param>
    /// <exception cref="BadInputException">The header is malformed, promises what is not there, or names another type.</exception>
    public static NpyArray Read(Stream stream, long length, string name)
    {
        var (header, count) = NpyHeader.Read(stream, length, name);
        Require.That(count * header.Type.Size <= Array.MaxLength, $"{name}: arrays beyond 2 GB are not read.");

        var data = Array.CreateInstance(header.Type.Element, count);
        var bytes = header.Type.Bytes(data);
        Require.That(stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length, $"{name} is cut short.");
        header.Type.Settle(bytes, header.BigEndian);
        return new(header.ColumnMajor ? RowMajor(data, header) : data, header.Shape);
    }

    /// <summary>Writes one array.</summary>
    public static void Write(Stream stream, NpyArray array)
    {
        var type = NpyType.Of(array.Data);
        stream.Write(new NpyHeader(type, array.Shape).ToBytes());
        stream.Write(type.Bytes(array.Data));
    }

    /// <summary>NumPy's name of an array's element type.</summary>
    public static string NameOf(Array data) => NpyType.Of(data).Name;

    internal static ReadOnlySpan<byte> Bytes(Array data) => NpyType.Of(data).Bytes(data);

    private static Array RowMajor(Array columnMajor, NpyHeader header)
    {
        var ordered = Array.CreateInstance(header.Type.Element, columnMajor.Length);
        var from = header.Type.Bytes(columnMajor);
        var to = header.Type.Bytes(ordered);
        if (header.Type.Size == 1) Reorder<byte>(from, to, header.Shape);
        if (header.Type.Size == 2) Reorder<ushort>(from, to, header.Shape);
        if (header.Type.Size == 4) Reorder<uint>(from, to, header.Shape);
        if (header.Type.Size == 8) Reorder<ulong>(from, to, header.Shape);
        return ordered;
    }

    /// <summary>Walks the row-major places in order; along the last axis, neighbours lie a whole slice apart in column-major order.</summary>
    private static void Reorder<T>(Span<byte> columnMajor, Span<byte> rowMajor, long[] shape) where T : struct
    {
        var from = MemoryMarshal.Cast<byte, T>(columnMajor);
        var to = MemoryMarshal.Cast<byte, T>(rowMajor);
        if (to.IsEmpty) return;
        var last = (int)shape[^1];
        var slice = to.Length / last;
        var place = new long[shape.Length - 1];
        for (var row = 0; row < slice; row++)
        {
            var start = 0L;
            for (var axis = place.Length - 1; axis >= 0; axis--) start = (start * shape[axis]) + place[axis];
            for (var at = 0; at < last; at++) to[(row * last) + at] = from[(int)start + (at * slice)];
            for (var axis = place.Length - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--) place[axis] = 0;
        }
    }
}
