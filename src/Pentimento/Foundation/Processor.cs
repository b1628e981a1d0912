using System.Runtime.Intrinsics.X86;

namespace Pentimento.Foundation;

/// <summary>What this machine's processor does itself.</summary>
public static class Processor
{
    /// <summary>Whether it multiplies bfloat16 numbers: AVX512-BF16 or AMX-BF16. On other kinds of processor, false although some may.</summary>
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
