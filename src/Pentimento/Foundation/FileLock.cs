namespace Pentimento.Foundation;

/// <summary>A place that one process at a time works on; the system takes the lock back when a process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream held;

    private FileLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock of a place; null where somebody else holds it.</summary>
    /// <param name="path">The lock file, which stays: whoever deleted it could delete another's.</param>
    public static FileLock? Try(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Takes the lock of a place, waiting for whoever holds it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="stage">What is waited for, in progress.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static FileLock Wait(string path, string stage, RunContext run)
    {
        while (true)
        {
            if (Try(path) is { } taken) return taken;
            run.Report(new(stage, 0, 1));
            run.Cancel.WaitHandle.WaitOne(Pause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
