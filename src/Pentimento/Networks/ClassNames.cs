using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pentimento.Networks;

/// <summary>Names of classes as files keep them: a JSON list, lines, or a Python dictionary by number.</summary>
internal static partial class ClassNames
{
    /// <summary>Under what files keep them.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["class-names", "classes", "class_names", "names", "labels"];

    /// <summary>The names in a file's metadata; empty where there are none, or not one for each class.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> metadata, int classes) =>
        Keys.Where(metadata.ContainsKey).Select(key => Parse(metadata[key])).FirstOrDefault(names => names.Count == classes) ?? [];

    /// <summary>Reads a file of names: one a line, or a JSON list.</summary>
    /// <exception cref="BadInputException">There is no such file, or it names nothing or a class twice.</exception>
    public static IReadOnlyList<string> Read(string file)
    {
        const long Most = 16 << 20;
        Require.That(File.Exists(file), $"There is no file {file}.");
        Require.That(new FileInfo(file).Length <= Most, $"{file} is larger than any list of class names.");
        var text = File.ReadAllText(file).Trim();
        IReadOnlyList<string> names = text.StartsWith('[') || text.StartsWith('{')
            ? Parse(text)
            : text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Require.That(names.Count > 0, $"{file} names no classes; expected one name a line, or a JSON list.");
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        Require.That(twice is null, $"{file} names the class '{Printable.Short(twice ?? "")}' twice.");
        return names;
    }

    /// <summary>Writes names.</summary>
    public static string Write(IReadOnlyList<string> names) => JsonSerializer.Serialize(names);

    /// <summary>Reads names.</summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith('{'))
            return [.. Entry().Matches(trimmed).OrderBy(entry => int.Parse(entry.Groups["at"].Value)).Select(entry => entry.Groups["name"].Value)];
        var parting = trimmed.Contains('\n') ? '\n' : ',';
        if (!trimmed.StartsWith('[')) return trimmed.Split(parting, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var names = JsonSerializer.Deserialize<string?[]>(trimmed) ?? [];
            return names.Contains(null) ? [] : [.. names.OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [GeneratedRegex("""["']?(?<at>[0-9]{1,6})["']?\s*:\s*["'](?<name>[^"']*)["']""")]
    private static partial Regex Entry();
}
