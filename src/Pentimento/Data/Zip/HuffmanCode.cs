namespace Pentimento.Data.Zip;

/// <summary>The prefix code that spends the fewest bits on symbols of given counts, no code being longer than a limit.</summary>
/// <remarks>
/// Huffman, 1952, "A method for the construction of minimum-redundancy codes", in canonical form (RFC 1951, section 3.2.2). Codes over the limit
/// are shortened by lengthening the longest of the shorter ones until they fit again: a little above the minimum, and hardly ever needed.
/// </remarks>
internal sealed class HuffmanCode
{
    private readonly int limit;
    private readonly long[] order;
    private readonly long[] weight;
    private readonly int[] parent;

    /// <summary>Makes room.</summary>
    /// <param name="symbols">How many symbols there are, fewer than 65,536.</param>
    /// <param name="limit">The longest code allowed, in bits; 2 to its power is at least the number of symbols.</param>
    public HuffmanCode(int symbols, int limit)
    {
        this.limit = limit;
        (Lengths, Bits) = (new byte[symbols], new ushort[symbols]);
        (order, weight, parent) = (new long[symbols], new long[2 * symbols], new int[2 * symbols]);
    }

    /// <summary>Bits of each symbol's code, 0 for those that do not occur.</summary>
    public byte[] Lengths { get; }

    /// <summary>Each symbol's code, its first bit lowest, as deflate writes it.</summary>
    public ushort[] Bits { get; }

    /// <summary>Finds the code. At least two symbols must occur.</summary>
    /// <param name="counts">How often each symbol occurs, below 2^40.</param>
    public void Fit(ReadOnlySpan<int> counts)
    {
        Array.Clear(Lengths);
        var used = Sort(counts);
        Span<int> ofLength = stackalloc int[limit + 1];
        ofLength.Clear();
        CountLengths(used, ofLength);
        Shorten(ofLength);

        // The rarest symbols come first and get the longest codes.
        var at = 0;
        for (var length = limit; length > 0; length--)
        {
            for (var left = ofLength[length]; left > 0; left--) Lengths[order[at++] & 0xFFFF] = (byte)length;
        }

        Assign(ofLength);
    }

    private int Sort(ReadOnlySpan<int> counts)
    {
        var used = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0) order[used++] = ((long)counts[symbol] << 16) | (uint)symbol;
        }

        Array.Sort(order, 0, used);
        return used;
    }

    /// <summary>Joins the two lightest nodes until one is left; leaves and joints each wait in order of weight.</summary>
    private void CountLengths(int used, Span<int> ofLength)
    {
        for (var leaf = 0; leaf < used; leaf++) weight[leaf] = order[leaf] >> 16;
        var (nextLeaf, nextJoint) = (0, used);
        for (var joint = used; joint < (2 * used) - 1; joint++)
        {
            weight[joint] = 0;
            for (var child = 0; child < 2; child++)
            {
                var leafIsLighter = nextLeaf < used && (nextJoint >= joint || weight[nextLeaf] <= weight[nextJoint]);
                var lightest = leafIsLighter ? nextLeaf++ : nextJoint++;
                weight[joint] += weight[lightest];
                parent[lightest] = joint;
            }
        }

        // From the root down, a node lies one deeper than its parent; its depth takes the place of its weight.
        var root = (2 * used) - 2;
        weight[root] = 0;
        for (var node = root - 1; node >= 0; node--)
        {
            weight[node] = weight[parent[node]] + 1;
            if (node < used) ofLength[(int)Math.Min(limit, weight[node])]++;
        }
    }

    /// <summary>Makes the codes fit: each code of length n takes 2^-n of the room.</summary>
    private void Shorten(Span<int> ofLength)
    {
        var taken = 0;
        for (var length = 1; length <= limit; length++) taken += ofLength[length] << (limit - length);
        for (; taken > 1 << limit; taken--)
        {
            var longest = limit - 1;
            while (ofLength[longest] == 0) longest--;
            // One code a bit longer makes room for one of the codes at the limit beside it.
            ofLength[limit]--;
            ofLength[longest]--;
            ofLength[longest + 1] += 2;
        }
    }

    private void Assign(ReadOnlySpan<int> ofLength)
    {
        Span<int> next = stackalloc int[limit + 1];
        next[0] = 0;
        for (int length = 1, code = 0; length <= limit; length++)
        {
            next[length] = code;
            code = (code + ofLength[length]) << 1;
        }

        for (var symbol = 0; symbol < Lengths.Length; symbol++)
        {
            if (Lengths[symbol] is > 0 and var length) Bits[symbol] = Reversed(next[length]++, length);
        }
    }

    private static ushort Reversed(int code, int length)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        return (ushort)reversed;
    }
}
