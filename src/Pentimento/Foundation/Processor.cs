using System.Runtime.Intrinsics.X86;

namespace Pentimento.Foundation;

/// <summary>Capabilities of this machine's CPU.</summary>
internal static class Processor
{
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
}
