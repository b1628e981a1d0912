namespace Pentimento.Foundation;

/// <summary>Writes files atomically: a reader sees either the old file or the whole new one.</summary>
public static class SafeFile
{
    /// <summary>Writes a temporary file beside <paramref name="path"/> and renames it into place; on failure nothing is left behind.</summary>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.part");
        try
        {
            using (var stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException failure)
        {
            throw new IOException($"{path} could not be written: {failure.Message.Replace(temporary, path)}", failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes text atomically, in UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
