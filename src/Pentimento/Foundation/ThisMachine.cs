using System.ComponentModel;
using System.Diagnostics;

namespace Pentimento.Foundation;

/// <summary>This machine since its last start; processes in another container count as another machine's.</summary>
internal static class ThisMachine
{
    /// <summary>Its name, and what tells it from its earlier lives and from containers of the same name.</summary>
    public static string Name { get; } = Read();

    /// <summary>When a process of this machine was started, UTC; null where none has this number.</summary>
    /// <param name="process">Its number.</param>
    public static DateTime? StartOf(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return running.StartTime.ToUniversalTime();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Whether there is a process of this number.</summary>
    public static bool Runs(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Read()
    {
        const string Boot = "/proc/sys/kernel/random/boot_id";
        const string Space = "/proc/self/ns/pid";
        return string.Join(
            ' ',
            Environment.MachineName,
            File.Exists(Boot) ? File.ReadAllText(Boot).Trim() : "",
            OperatingSystem.IsLinux() ? new FileInfo(Space).LinkTarget ?? "" : "");
    }
}
