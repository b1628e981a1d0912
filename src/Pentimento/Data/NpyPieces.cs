using Pentimento.Data.Zip;

namespace Pentimento.Data;

/// <summary>A NumPy array that is made piece by piece while it is written, and so may be larger than memory.</summary>
/// <param name="Element">The .NET type of its values.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Values">The bytes of its values, row-major, least significant byte first.</param>
internal sealed record NpyPieces(Type Element, long[] Shape, Pieces Values)
{
    private const int PieceLength = 1 << 20;

    /// <summary>An array in memory, handed out piece by piece.</summary>
    public static NpyPieces Of(NpyArray array)
    {
        var length = (long)array.Data.Length * NpyType.Of(array.Data).Size;
        return new(
            array.Data.GetType().GetElementType()!,
            array.Shape,
            new(length, PieceLength, (start, bytes) => Npy.Bytes(array.Data).Slice((int)start, bytes.Length).CopyTo(bytes)));
    }

    /// <summary>What stands before the values in an npy file.</summary>
    internal byte[] Header() => new NpyHeader(NpyType.Of(Element), Shape).ToBytes();

    /// <summary>Type and shape, as in <c>uint8 (60000, 28, 28, 3)</c>.</summary>
    public override string ToString() => $"{NpyType.Of(Element).Name} ({string.Join(", ", Shape)})";
}
