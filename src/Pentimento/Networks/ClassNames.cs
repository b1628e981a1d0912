using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pentimento.Networks;

/// <summary>Names of classes as files keep them: a JSON list, lines, or a Python dictionary by number.</summary>
internal static partial class ClassNames
{
    private static readonly string[] Keys = ["class-names", "classes", "class_names", "names", "labels"];

    /// <summary>The names in a file's metadata; empty where there are none, or not one for each class.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> metadata, int classes) =>
        Keys.Where(metadata.ContainsKey).Select(key => Parse(metadata[key])).FirstOrDefault(names => names.Count == classes) ?? [];

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
            return JsonSerializer.Deserialize<string[]>(trimmed) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [GeneratedRegex("""["']?(?<at>[0-9]{1,6})["']?\s*:\s*["'](?<name>[^"']*)["']""")]
    private static partial Regex Entry();
}
