namespace Pentimento.Foundation;

/// <summary>Writes folders atomically: a reader sees either the old folder or the whole new one.</summary>
internal static class SafeFolder
{
    /// <summary>Fills a folder beside <paramref name="path"/> and puts it in place; on failure nothing is left behind and the old one
    /// stays.</summary>
    public static void Replace(string path, Action<string> fill)
    {
        var target = TemporaryFiles.Followed(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
        TemporaryFiles.Sweep(target);
        var beside = TemporaryFiles.NameBeside(target);
        Directory.CreateDirectory(beside);
        try
        {
            fill(beside);
            Exchange(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>Puts the new folder in the old one's place, which then stands where the new one stood.</summary>
    private static void Exchange(string beside, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(beside, target);
            return;
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
        if (Native.Exchange(beside, target)) return;
        // Where the system cannot exchange two names at once there is a moment without the folder, but none without its content.
        var old = TemporaryFiles.NameBeside(target);
        Directory.Move(target, old);
        try
        {
            Directory.Move(beside, target);
        }
        catch (IOException)
        {
            Directory.Move(old, target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }
}
