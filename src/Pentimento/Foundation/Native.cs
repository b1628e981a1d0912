using System.Runtime.InteropServices;
using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>Loads libtorch and configures its threads and the memory allocator.</summary>
internal static partial class Native
{
    // glibc's malloc.h, and a threshold above which blocks come from the system one by one: kept ones of 80 MB left holes until a process
    // had grown to 18 GB.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    /// <summary>The bytes of the largest block that is kept for reuse once it is freed.</summary>
    internal const int LargestKept = 32 * 1024 * 1024;

    private const ulong MostKeptFree = 512 * 1024 * 1024;

    /// <summary>
    /// Loads libtorch with a number of threads. Must come before the first tensor: OpenMP reads its wait policy when it is loaded, and threads that
    /// spin at barriers slow training five-fold beside another busy process.
    /// </summary>
    /// <param name="threads">The number of intra-op threads; 0 for one per core.</param>
    /// <param name="device">The device on which tensors will be allocated.</param>
    /// <param name="library">The path of libtorch where the system's loader would not find it: of a name it takes what is loaded already.</param>
    /// <exception cref="BadInputException">libtorch does not load here, or the device is missing.</exception>
    public static void Load(int threads, Device device = Device.Cpu, string? library = null)
    {
        if (OperatingSystem.IsLinux())
        {
            SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
            // Large tensors in pages of 2 MB: in those of 4 KB a quarter of a training step of photographs went into faulting memory in.
            SetVariable("THP_MEM_ALLOC_ENABLE", "1", overwrite: 0);
        }

        try
        {
            if (library is not null) NativeLibrary.Load(library);
            if (OperatingSystem.IsLinux()) TuneAllocator();
            torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
        }
        catch (Exception failure)
            when (failure is TypeInitializationException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new BadInputException($"libtorch does not load on this machine: {Innermost(failure)}", failure);
        }

        Require.That(device == Device.Cpu || torch.cuda.is_available(), $"--device cuda was asked for, but libtorch sees no CUDA device here.");
    }

    /// <summary>OpenMP's wait policy in this process, in a sentence.</summary>
    public static string WaitPolicy
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return "OpenMP's wait policy is left as the system has it";
            var policy = Marshal.PtrToStringUTF8(GetVariable("OMP_WAIT_POLICY"));
            return string.Equals(policy, "passive", StringComparison.OrdinalIgnoreCase)
                ? "OpenMP's threads sleep at barriers (OMP_WAIT_POLICY=passive), so training does not suffer beside other work"
                : $"OpenMP's threads may spin at barriers (OMP_WAIT_POLICY={policy ?? "unset"}), which can slow training five-fold beside other work";
        }
    }

    /// <summary>Sets glibc's trim and mmap thresholds, so that the activations of one step, freed at its end, are reused by the next instead of
    /// being returned to the system and faulted in again page by page.</summary>
    private static void TuneAllocator()
    {
        // Where glibc refuses a value it goes on as it was, only slower.
        _ = SetAllocator(MmapThreshold, LargestKept);
        _ = SetAllocator(TrimThreshold, int.MaxValue);
    }

    /// <summary>Returns free heap memory to the system, so that the peaks of different kinds of work do not add up. What is little is kept: many
    /// small trainings would fetch it again and again.</summary>
    internal static void ReleaseFreeMemory()
    {
        if (OperatingSystem.IsLinux() && FreeMemory() > MostKeptFree) _ = Trim(0);
    }

    /// <summary>The bytes that the allocator holds and nobody uses; the most there can be where it does not say.</summary>
    private static ulong FreeMemory()
    {
        try
        {
            return Statistics().Free;
        }
        catch (EntryPointNotFoundException)
        {
            return ulong.MaxValue;
        }
    }

    /// <summary>Exchanges two names at once, so that neither is ever absent; false where the system cannot.</summary>
    internal static bool Exchange(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() && Rename(Here, one, Here, other, ExchangeNames) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // fcntl.h and stdio.h of Linux.
    private const int Here = -100;
    private const uint ExchangeNames = 2;

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oldFolder, string oldName, int newFolder, string newName, uint how);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial AllocatorStatistics Statistics();

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    private static string Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure.Message.ReplaceLineEndings(" ");

    /// <summary>glibc's struct mallinfo2: ten numbers, the ninth of which is the bytes of free blocks.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct AllocatorStatistics
    {
        private readonly nuint arena, ordinaryBlocks, fastBlocks, mappedBlocks, mappedBytes, highest, fastBytes, used;
        public readonly nuint Free;
        private readonly nuint top;
    }
}
