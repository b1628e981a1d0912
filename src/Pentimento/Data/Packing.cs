using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pentimento.Data;

/// <summary>From pixels of four bytes to pixels of three.</summary>
internal static class Packing
{
    /// <summary>Copies the first three bytes of every four.</summary>
    /// <param name="source">uint8 (N, 4).</param>
    /// <param name="target">uint8 (N, 3).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DropFourth(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var firstThree = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        var (from, to) = (0, 0);
        ref var read = ref MemoryMarshal.GetReference(source);
        ref var write = ref MemoryMarshal.GetReference(target);
        // Four bytes more than the twelve are written, and written again by the next.
        for (; from + 16 <= source.Length && to + 16 <= target.Length; from += 16, to += 12)
            Vector128.Shuffle(Vector128.LoadUnsafe(ref read, (nuint)from), firstThree).StoreUnsafe(ref write, (nuint)to);
        for (; to + 2 < target.Length; from += 4, to += 3) source.Slice(from, 3).CopyTo(target[to..]);
    }
}
