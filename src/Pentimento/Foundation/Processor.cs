using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Pentimento.Foundation;

/// <summary>Capabilities of this machine's CPU.</summary>
internal static class Processor
{
    /// <summary>Its kind, as it names itself: results are the same to the last bit only between processors of one kind.</summary>
    public static string Name { get; } = OwnName();

    /// <summary>Whether the CPU has native bfloat16 multiplication: AVX512-BF16 or AMX-BF16. False on other kinds of CPU, although some have
    /// it.</summary>
    /// <remarks>Intel, "Architecture instruction set extensions programming reference", CPUID leaf 7.</remarks>
    public static bool MultipliesBfloat16
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7) return false;
            var (leaves, _, _, tiles) = X86Base.CpuId(7, 0);
            var vectors = leaves >= 1 ? X86Base.CpuId(7, 1).Eax : 0;
            return (vectors & (1 << 5)) != 0 || (tiles & (1 << 22)) != 0;
        }
    }

    private static string OwnName()
    {
        const int First = unchecked((int)0x8000_0002);
        const int Last = First + 2;
        if (!X86Base.IsSupported || X86Base.CpuId(unchecked((int)0x8000_0000), 0).Eax < Last) return $"{RuntimeInformation.ProcessArchitecture}";
        var letters = Enumerable.Range(First, Last - First + 1).SelectMany(leaf =>
        {
            var (a, b, c, d) = X86Base.CpuId(leaf, 0);
            return new[] { a, b, c, d }.SelectMany(BitConverter.GetBytes);
        });
        return Encoding.ASCII.GetString([.. letters]).Replace('\0', ' ').Trim();
    }
}
