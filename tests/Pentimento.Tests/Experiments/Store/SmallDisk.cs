using System.Diagnostics;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>A file system of a few kilobytes, which is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Scratch scratch = new();

    /// <summary>Mounts it.</summary>
    /// <param name="size">Its size, as mount takes it.</param>
    public SmallDisk(string size)
    {
        Directory.CreateDirectory(Folder);
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "pentimento", Folder);
    }

    /// <summary>Whether one may be mounted here.</summary>
    public static bool CanBe => OperatingSystem.IsLinux() && Environment.UserName == "root";

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
        Run("umount", Folder);
        scratch.Dispose();
    }

    private static void Run(string command, params string[] words)
    {
        using var process = Process.Start(command, words);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
