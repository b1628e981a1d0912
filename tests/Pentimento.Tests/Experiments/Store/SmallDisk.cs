using System.ComponentModel;
using System.Diagnostics;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>A file system of a few kilobytes, which is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Scratch scratch = new();

    /// <summary>Mounts it, or skips the test where that is not allowed: even root may not in most containers.</summary>
    /// <param name="size">Its size, as mount takes it.</param>
    public SmallDisk(string size)
    {
        Directory.CreateDirectory(Folder);
        var isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "pentimento", Folder);
        if (!isMounted) scratch.Dispose();
        Assert.SkipUnless(isMounted, $"A disk of {size} cannot be mounted here.");
    }

    public string Folder => scratch.At("disk");

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[1024]);
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: what looks at the folder at this moment does not keep it.
        Assert.True(Run("umount", "-l", Folder));
        scratch.Dispose();
    }

    private static bool Run(string command, params string[] words)
    {
        try
        {
            using var process = Process.Start(command, words);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}
