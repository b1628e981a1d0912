using System.Runtime.InteropServices;
using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>Loads libtorch, once, the way that suits a machine shared with other work.</summary>
public static partial class Native
{
    // glibc's malloc.h, and a threshold above which blocks come from the system one by one: kept ones of 80 MB left holes until a process
    // had grown to 18 GB.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestKept = 32 * 1024 * 1024;

    /// <summary>
    /// Prepares libtorch. Must come before the first tensor: OpenMP reads its wait policy when it is loaded, and threads that
    /// spin at barriers slow training five-fold beside another busy process.
    /// </summary>
    /// <param name="threads">How many threads libtorch may use; 0 for one per core.</param>
    /// <param name="device">Where tensors will live.</param>
    /// <exception cref="BadInputException">libtorch does not load here, or the device is missing.</exception>
    public static void Load(int threads, Device device = Device.Cpu)
    {
        if (OperatingSystem.IsLinux()) SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        try
        {
            if (OperatingSystem.IsLinux()) KeepMemory();
            torch.set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
        }
        catch (Exception failure)
            when (failure is TypeInitializationException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new BadInputException($"libtorch does not load on this machine: {Innermost(failure)}", failure);
        }

        Require.That(device == Device.Cpu || torch.cuda.is_available(), $"--device cuda was asked for, but libtorch sees no CUDA device here.");
    }

    /// <summary>What OpenMP's threads do while they wait for each other.</summary>
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

    /// <summary>A step's activations are freed at its end; glibc would give them back to the system, and ask for them again page by page.</summary>
    private static void KeepMemory()
    {
        // Where glibc refuses a value it goes on as it was, only slower.
        _ = SetAllocator(MmapThreshold, LargestKept);
        _ = SetAllocator(TrimThreshold, int.MaxValue);
    }

    /// <summary>Gives memory that is free back to the system after work of one kind, so that work of another kind does not add its own to
    /// it.</summary>
    internal static void GiveMemoryBack()
    {
        if (OperatingSystem.IsLinux()) _ = Trim(0);
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

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    private static string Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure.Message.ReplaceLineEndings(" ");
}
