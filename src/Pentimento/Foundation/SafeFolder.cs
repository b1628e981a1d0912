namespace Pentimento.Foundation;

/// <summary>Writes folders so that a reader sees either the old one or the whole new one.</summary>
public static class SafeFolder
{
    /// <summary>Fills a folder beside <paramref name="path"/> and renames it into place; on failure nothing is left behind and the old one
    /// stays.</summary>
    public static void Replace(string path, Action<string> fill)
    {
        var whole = Path.GetFullPath(path);
        var beside = $"{whole}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(beside);
        try
        {
            fill(beside);
            if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
            Directory.Move(beside, whole);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }
}
