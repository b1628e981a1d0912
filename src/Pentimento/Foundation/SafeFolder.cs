namespace Pentimento.Foundation;

/// <summary>Writes folders atomically: a reader sees either the old folder or the whole new one.</summary>
public static class SafeFolder
{
    /// <summary>Fills a temporary folder next to <paramref name="path"/> and renames it into place; on failure nothing is left behind and the old one
    /// stays.</summary>
    public static void Replace(string path, Action<string> fill)
    {
        var whole = Path.GetFullPath(path);
        var temporary = $"{whole}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(temporary);
        try
        {
            fill(temporary);
            if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
            Directory.Move(temporary, whole);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }
}
