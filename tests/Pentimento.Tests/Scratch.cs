namespace Pentimento.Tests;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pentimento-").FullName;

    public string At(string relative) => Path.Combine(Folder, relative);

    public string Write(string relative, byte[] bytes)
    {
        File.WriteAllBytes(At(relative), bytes);
        return At(relative);
    }

    public string Write(string relative, string text)
    {
        File.WriteAllText(At(relative), text);
        return At(relative);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
