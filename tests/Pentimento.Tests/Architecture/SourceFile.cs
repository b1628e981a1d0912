using System.Text.RegularExpressions;

namespace Pentimento.Tests.Architecture;

/// <summary>A source file: the room it lies in, the types it declares, and what it names.</summary>
internal sealed partial class SourceFile
{
    private readonly HashSet<string> words;

    private readonly HashSet<string> named;

    public SourceFile(string path)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        Room = RoomAt(path);
        var code = Quoted().Replace(Comment().Replace(File.ReadAllText(path), ""), "\"\"");
        words = [.. Word().Matches(code).Select(match => match.Value)];
        named = [.. Full().Matches(code).Select(match => match.Groups["room"].Value)];
        Declares = [.. Declaration().Matches(code).Select(match => match.Groups["name"].Value)];
        if (path.EndsWith(".razor", StringComparison.Ordinal)) Declares.Add(Name);
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The room by its folder: <c>Training.Objectives</c>, <c>Reports.Figures</c>; <c>Pentimento</c> is the library's own.</summary>
    public string Room { get; }

    /// <summary>The types that are declared here.</summary>
    public HashSet<string> Declares { get; }

    /// <summary>Whether the file only brings namespaces into others.</summary>
    public bool IsImports => Name is "GlobalUsings" or "_Imports";

    /// <summary>The rooms that stand here in a using line or in full.</summary>
    public IEnumerable<string> Named(IReadOnlySet<string> rooms) => named.Select(name => Nearest(name, rooms)).OfType<string>();

    /// <summary>Whether one of these types is mentioned.</summary>
    public bool Mentions(IEnumerable<string> types) => types.Any(words.Contains);

    private static string RoomAt(string path)
    {
        var folder = System.IO.Path.GetRelativePath(Repository.At("src"), System.IO.Path.GetDirectoryName(path)!);
        var whole = folder.Replace(System.IO.Path.DirectorySeparatorChar, '.');
        return whole == "Pentimento" ? whole : whole["Pentimento.".Length..];
    }

    // What follows the last room is a type.
    private static string? Nearest(string name, IReadOnlySet<string> rooms)
    {
        while (!rooms.Contains(name))
        {
            var dot = name.LastIndexOf('.');
            if (dot < 0) return null;
            name = name[..dot];
        }

        return name;
    }

    [GeneratedRegex(@"//[^\n]*|@\*[\s\S]*?\*@")]
    private static partial Regex Comment();

    // What stands in the braces of an interpolated string is code.
    [GeneratedRegex("(?<![$@\"])\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bPentimento\.(?<room>[A-Z]\w*(\.[A-Z]\w*)*)")]
    private static partial Regex Full();

    [GeneratedRegex(
        @"\b(class|struct|interface|enum|record)\s+(class\s+|struct\s+)?(?<name>[A-Z]\w*)"
            + @"|\bdelegate\s+[\w<>?,\[\] ]+?\s+(?<name>[A-Z]\w*)\s*[(<]")]
    private static partial Regex Declaration();
}
