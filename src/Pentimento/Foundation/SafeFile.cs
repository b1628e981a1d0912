namespace Pentimento.Foundation;

/// <summary>Writes files atomically: a reader sees either the old file or the whole new one.</summary>
internal static class SafeFile
{
    /// <summary>Writes a beside file beside <paramref name="path"/> and renames it into place; on failure nothing is left behind.</summary>
    /// <remarks>A symbolic link stays, and what it points to is written; a file that is replaced passes its mode on.</remarks>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, _ => { });

    /// <summary>Writes, and looks at the new file before it gets its name.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="check">Given the new file's present name; if it throws, the old file stays.</param>
    internal static void Write(string path, Action<Stream> write, Action<string> check)
    {
        var target = TemporaryFiles.Followed(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        TemporaryFiles.Sweep(target);
        var beside = TemporaryFiles.NameBeside(target);
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            check(beside);
            File.Move(beside, target, overwrite: true);
        }
        catch (IOException failure)
        {
            throw new IOException($"{path} could not be written: {failure.Message.Replace(beside, path)}", failure);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Writes text atomically, in UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
