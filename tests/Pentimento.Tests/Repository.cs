using System.Reflection;

namespace Pentimento.Tests;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(said => said.Key == "Root").Value!;

    public static string At(string relative) => Path.Combine(Root, relative);

    /// <summary>The source files under a folder, without what the compiler writes.</summary>
    public static IEnumerable<string> Sources(string folder, params string[] extensions) =>
        Directory
            .EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
            .Where(file =>
                extensions.Contains(Path.GetExtension(file))
                && !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal));
}
