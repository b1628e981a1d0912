using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pentimento.Data.Zip;

/// <summary>
/// Packs bytes into deflate blocks by looking for runs alone. Painted images hold runs of black and noise that repeats nowhere, so this is several
/// times as fast as looking for repetitions, and packs noisy images smaller; the bytes are the same on every machine.
/// </summary>
/// <remarks>RFC 1951: blocks with codes of their own (type 2) whose only distance is 1.</remarks>
internal sealed class RunDeflate
{
    // Each block has its own codes: long enough to pay for them, short enough to follow the images.
    private const int BlockLength = 1 << 15;
    private const int EndOfBlock = 256;
    private const int Symbols = 286;
    private const int LongestCode = 12;
    private const int LongestRun = 258;
    // Shorter runs save nothing where most values are black anyhow.
    private const int ShortestRun = 8;
    // A token is a literal's value, or this plus a run's length.
    private const int RunToken = 256;

    private readonly ushort[] tokens = new ushort[BlockLength + Vector256<byte>.Count];
    private readonly int[] counts = new int[Symbols];
    private readonly HuffmanCode code = new(Symbols, LongestCode);
    private readonly CodeLengths lengths = new();
    private readonly ulong[] written = new ulong[RunToken + LongestRun + 1];
    private byte[] packed = [];

    /// <summary>Packs bytes so that more may follow: the last block is not marked as such, and an empty stored block ends at a byte.</summary>
    /// <returns>The packed bytes, good until the next call.</returns>
    public ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> bytes)
    {
        // No code is longer than 12 bits, and what describes a block's codes is shorter than 512 bytes.
        var most = (bytes.Length / 2 * 3) + (512 * ((bytes.Length / BlockLength) + 2));
        if (packed.Length < most) packed = new byte[most];
        var writer = new BitWriter(packed);
        for (var start = 0; start < bytes.Length; start += BlockLength)
        {
            var taken = Tokenize(bytes, start, Math.Min(bytes.Length, start + BlockLength));
            Describe(taken, ref writer);
            Write(tokens.AsSpan(0, taken), ref writer);
            writer.Write(code.Bits[EndOfBlock], code.Lengths[EndOfBlock]);
        }

        writer.Write(0, 3);
        writer.Align();
        writer.Write(0xFFFF0000, 32);
        return packed.AsMemory(0, writer.Position);
    }

    /// <summary>OrderedOutput bytes into literals and runs.</summary>
    /// <returns>How many tokens there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Tokenize(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var taken = 0;
        var at = start;
        // The very first byte has none before it to be equal to.
        if (at == 0) tokens[taken++] = bytes[at++];
        while (at <= end - Vector256<byte>.Count)
        {
            var here = Vector256.Create(bytes[at..]);
            var same = Vector256.Equals(here, Vector256.Create(bytes[(at - 1)..])).ExtractMostSignificantBits();
            if ((same & 0xFF) == 0xFF)
            {
                var run = RunAt(bytes[at..Math.Min(end, at + LongestRun)], bytes[at - 1]);
                tokens[taken++] = (ushort)(RunToken + run);
                at += run;
                continue;
            }

            // Bit n survives where a run of eight begins; the last seven places cannot tell yet.
            same &= same >> 1;
            same &= same >> 2;
            same &= same >> 4;
            var literals = Math.Min(BitOperations.TrailingZeroCount(same), Vector256<byte>.Count - ShortestRun + 1);
            var (low, high) = Vector256.Widen(here);
            low.CopyTo(tokens.AsSpan(taken));
            high.CopyTo(tokens.AsSpan(taken + Vector256<ushort>.Count));
            (taken, at) = (taken + literals, at + literals);
        }

        while (at < end) tokens[taken++] = bytes[at++];
        return taken;
    }

    private static int RunAt(ReadOnlySpan<byte> bytes, byte value) => bytes.IndexOfAnyExcept(value) is >= 0 and var length ? length : bytes.Length;

    /// <summary>Finds the block's codes, writes them, and prepares what each token becomes.</summary>
    private void Describe(int taken, ref BitWriter writer)
    {
        Count(tokens.AsSpan(0, taken));
        code.Fit(counts);
        lengths.Write(code.Lengths, ref writer);
        for (var literal = 0; literal < RunToken; literal++) written[literal] = ((ulong)code.Bits[literal] << 8) | code.Lengths[literal];
        for (var run = ShortestRun; run <= LongestRun; run++)
        {
            // The code, the rest of the length, and the one distance in its one bit, 0.
            var (symbol, extra, bits) = SymbolOf(run);
            var whole = code.Bits[symbol] | ((ulong)extra << code.Lengths[symbol]);
            written[RunToken + run] = (whole << 8) | (uint)(code.Lengths[symbol] + bits + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ReadOnlySpan<ushort> block)
    {
        // Neighbours are counted apart: a counter that has just been changed must not be waited for.
        Span<int> ofTokens = stackalloc int[4 * 1024];
        ofTokens.Clear();
        var at = 0;
        for (; at <= block.Length - 4; at += 4)
        {
            ofTokens[block[at]]++;
            ofTokens[1024 + block[at + 1]]++;
            ofTokens[2048 + block[at + 2]]++;
            ofTokens[3072 + block[at + 3]]++;
        }

        for (; at < block.Length; at++) ofTokens[block[at]]++;
        Array.Clear(counts);
        counts[EndOfBlock] = 1;
        for (var token = 0; token <= RunToken + LongestRun; token++)
            counts[token < RunToken ? token : SymbolOf(token - RunToken).Symbol] +=
                ofTokens[token] + ofTokens[1024 + token] + ofTokens[2048 + token] + ofTokens[3072 + token];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(ReadOnlySpan<ushort> block, ref BitWriter target)
    {
        // A local copy may live in registers.
        var writer = target;
        ref var table = ref MemoryMarshal.GetArrayDataReference(written);
        var at = 0;
        for (; at <= block.Length - 3; at += 3)
        {
            // Three tokens of at most 12 + 5 + 1 bits fit beside seven that wait.
            var (first, second, third) = (
                Unsafe.Add(ref table, block[at]),
                Unsafe.Add(ref table, block[at + 1]),
                Unsafe.Add(ref table, block[at + 2]));
            writer.Add(first >> 8, (int)(first & 0xFF));
            writer.Add(second >> 8, (int)(second & 0xFF));
            writer.Add(third >> 8, (int)(third & 0xFF));
            writer.Settle();
        }

        for (; at < block.Length; at++) writer.Write(written[block[at]] >> 8, (int)(written[block[at]] & 0xFF));
        target = writer;
    }

    /// <summary>RFC 1951, section 3.2.5: a length's symbol, what is left of it, and in how many bits.</summary>
    private static (int Symbol, int Extra, int Bits) SymbolOf(int length)
    {
        if (length == LongestRun) return (285, 0, 0);
        if (length < 11) return (257 + Math.Max(0, length - 3), 0, 0);
        // Beyond 10, each doubling has four symbols.
        var beyond = length - 3;
        var bits = BitOperations.Log2((uint)beyond) - 2;
        return (257 + (4 * bits) + (beyond >> bits), beyond & ((1 << bits) - 1), bits);
    }
}
