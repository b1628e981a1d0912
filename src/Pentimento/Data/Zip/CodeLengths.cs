namespace Pentimento.Data.Zip;

/// <summary>Writes the head of a deflate block: how long each symbol's code is, itself packed by a code.</summary>
/// <remarks>RFC 1951, section 3.2.7.</remarks>
internal sealed class CodeLengths
{
    private const int FewZeros = 17;
    private const int ManyZeros = 18;
    private const int Symbols = 19;

    private readonly List<(int Symbol, int Extra, int Bits)> told = [];
    private readonly int[] counts = new int[Symbols];
    private readonly HuffmanCode code = new(Symbols, 7);

    // RFC 1951 lists the lengths of this code's own codes in this order, the likely ones first.
    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Begins a block, not the last, with these codes and a single distance of one bit.</summary>
    /// <param name="lengths">The lengths of the codes of all 286 literals and lengths.</param>
    /// <param name="writer">Where to.</param>
    public void Write(ReadOnlySpan<byte> lengths, ref BitWriter writer)
    {
        Tell(lengths);
        writer.Write(0b100, 3);
        writer.Write((ulong)lengths.Length - 257, 5);
        writer.Write(0, 5);
        writer.Write(Symbols - 4, 4);
        foreach (var symbol in Order) writer.Write(code.Lengths[symbol], 3);
        foreach (var (symbol, extra, bits) in told)
        {
            writer.Write(code.Bits[symbol], code.Lengths[symbol]);
            writer.Write((ulong)extra, bits);
        }
    }

    private void Tell(ReadOnlySpan<byte> lengths)
    {
        told.Clear();
        for (var at = 0; at < lengths.Length;)
        {
            var zeros = lengths[at..].IndexOfAnyExcept((byte)0);
            if (zeros < 0) zeros = lengths.Length - at;
            zeros = Math.Min(zeros, 138);
            told.Add(zeros switch
            {
                >= 11 => (ManyZeros, zeros - 11, 7),
                >= 3 => (FewZeros, zeros - 3, 3),
                _ => (lengths[at], 0, 0),
            });
            at += zeros >= 3 ? zeros : 1;
        }

        // The one distance has a code of one bit.
        told.Add((1, 0, 0));
        Array.Clear(counts);
        foreach (var (symbol, _, _) in told) counts[symbol]++;
        code.Fit(counts);
    }
}
