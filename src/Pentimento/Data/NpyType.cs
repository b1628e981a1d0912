using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pentimento.Data;

/// <summary>What the values of a NumPy array are: numbers of one kind and width, or truth values.</summary>
/// <param name="Code">Kind and bytes as NumPy's headers give them, without the byte order.</param>
/// <param name="Name">What NumPy calls it.</param>
/// <param name="Element">The .NET type.</param>
/// <param name="Size">Bytes per value.</param>
internal sealed record NpyType(string Code, string Name, Type Element, int Size)
{
    /// <summary>All that are read and written.</summary>
    public static IReadOnlyList<NpyType> All { get; } =
    [
        new("b1", "bool", typeof(bool), 1),
        new("i1", "int8", typeof(sbyte), 1),
        new("i2", "int16", typeof(short), 2),
        new("i4", "int32", typeof(int), 4),
        new("i8", "int64", typeof(long), 8),
        new("u1", "uint8", typeof(byte), 1),
        new("u2", "uint16", typeof(ushort), 2),
        new("u4", "uint32", typeof(uint), 4),
        new("u8", "uint64", typeof(ulong), 8),
        new("f2", "float16", typeof(Half), 2),
        new("f4", "float32", typeof(float), 4),
        new("f8", "float64", typeof(double), 8),
    ];

    /// <summary>The type of an array's elements.</summary>
    public static NpyType Of(Type element) => All.First(type => type.Element == element);

    /// <summary>The type of an array's elements.</summary>
    public static NpyType Of(Array data) => Of(data.GetType().GetElementType()!);

    /// <summary>The type that a header names, with its byte order, or null; order means nothing to single bytes.</summary>
    public static NpyType? Find(string described) =>
        described is ['<' or '>' or '=' or '|', ..]
            ? All.FirstOrDefault(type => type.Code == described[1..] && (described[0] != '|' || type.Size == 1))
            : null;

    /// <summary>Whether the values are whole numbers.</summary>
    public bool IsWhole => Code[0] is 'i' or 'u';

    /// <summary>As headers name it: least significant byte first.</summary>
    public string Described => (Size == 1 ? "|" : "<") + Code;

    /// <summary>The memory of an array of this type.</summary>
    public Span<byte> Bytes(Array data) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), checked(data.Length * Size));

    /// <summary>OrderedOutput bytes as a file has them into bytes as memory has them.</summary>
    /// <param name="bytes">The values.</param>
    /// <param name="bigEndian">Whether the most significant byte comes first.</param>
    public void Settle(Span<byte> bytes, bool bigEndian)
    {
        if (bigEndian) Reverse(bytes);
        if (Element != typeof(bool)) return;
        // .NET knows no truth but 1; NumPy takes all that is not 0 for true.
        foreach (ref var truth in bytes) truth = Math.Min(truth, (byte)1);
    }

    private void Reverse(Span<byte> bytes)
    {
        var twos = MemoryMarshal.Cast<byte, ushort>(bytes);
        var fours = MemoryMarshal.Cast<byte, uint>(bytes);
        var eights = MemoryMarshal.Cast<byte, ulong>(bytes);
        if (Size == 2) BinaryPrimitives.ReverseEndianness(twos, twos);
        if (Size == 4) BinaryPrimitives.ReverseEndianness(fours, fours);
        if (Size == 8) BinaryPrimitives.ReverseEndianness(eights, eights);
    }
}
