namespace Pentimento.Reports.Runs;

/// <summary>What a step leaves in its folder for pages.</summary>
internal static class StepFiles
{
    /// <summary>The name of its own page.</summary>
    public const string Page = "page.html";

    // A page holds its pictures; what is larger lies beside it.
    private const long LargestPicture = 3_000_000;

    /// <summary>Its pictures as addresses, by the names of their files.</summary>
    /// <param name="folder">The step's folder.</param>
    public static IReadOnlyList<(string Name, string Address)> Pictures(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.png").Where(file => new FileInfo(file).Length <= LargestPicture).Order(StringComparer.Ordinal)
            .Select(Picture),
    ];

    /// <summary>A picture as an address, by the name of its file.</summary>
    public static (string Name, string Address) Picture(string file) =>
        (Path.GetFileNameWithoutExtension(file), $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(file))}");
}
