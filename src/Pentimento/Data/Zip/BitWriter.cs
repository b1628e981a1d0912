using System.Buffers.Binary;

namespace Pentimento.Data.Zip;

/// <summary>Writes bits one after another, the lowest bit of a byte first.</summary>
/// <param name="target">Where to, with eight bytes to spare.</param>
internal ref struct BitWriter(Span<byte> target)
{
    private readonly Span<byte> target = target;
    private ulong waiting;
    private int count;

    /// <summary>How many whole bytes are written.</summary>
    public int Position { get; private set; }

    /// <summary>Takes bits; at most 56 may come between two settlements.</summary>
    public void Add(ulong bits, int length)
    {
        waiting |= bits << count;
        count += length;
    }

    /// <summary>Writes the whole bytes that wait.</summary>
    public void Settle()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target[Position..], waiting);
        Position += count >> 3;
        waiting >>= count & ~7;
        count &= 7;
    }

    /// <summary>Takes bits and writes what is whole.</summary>
    public void Write(ulong bits, int length)
    {
        Add(bits, length);
        Settle();
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        count = (count + 7) & ~7;
        Settle();
    }
}
