using System.Globalization;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting;

/// <summary>Reads a palette from a YAML file: ten names in the digits' order, each with <c>"#FF0000"</c> or <c>[255, 0, 0]</c>.</summary>
internal static class PaletteFile
{
    private const int Digits = 10;

    /// <summary>Reads a palette file.</summary>
    /// <exception cref="BadInputException">It is not such a file, or two digits would have the same color.</exception>
    public static Palette Read(string file)
    {
        Require.That(File.Exists(file), $"There is no palette file {file}.");
        var root = Yaml.Read(File.ReadAllText(file), file);
        Require.That(root is JsonObject,
            $"{file}: expected ten colors by name, as in: red: \"#FF0000\"; got {(root is JsonArray ? "a list" : "a value")}.");
        var entries = root.AsObject();
        Require.That(entries.Count == Digits, $"{file}: expected ten colors by name, as in: red: \"#FF0000\"; got {entries.Count}.");
        var colors = entries.Select(entry => Color(entry.Key, entry.Value, file)).ToList();
        var duplicate = colors.GroupBy(color => (color.Red, color.Green, color.Blue)).FirstOrDefault(group => group.Count() > 1);
        Require.That(
            duplicate is null,
            $"{file}: {string.Join(" and ", duplicate?.Select(color => color.Name) ?? [])} are the same color, so they could not be distinguished.");
        return new(colors);
    }

    private static Rgb Color(string name, JsonNode? value, string file)
    {
        var parts = value is JsonArray list
            ? [.. list.Select(part => Number(part?.ToString() ?? "", NumberStyles.None))]
            : Hexadecimal(value?.ToString() ?? "");
        Require.That(
            parts.Length == 3 && parts.All(part => part >= 0),
            $"{SourceLine.Of(value)?.ToString() ?? file}: {name} should be \"#RRGGBB\" or three numbers from 0 to 255, got "
                + $"{value?.ToJsonString() ?? "nothing"}.");
        return new(name, (byte)parts[0], (byte)parts[1], (byte)parts[2]);
    }

    private static int[] Hexadecimal(string text) => text.Length == 7 && text[0] == '#'
        ? [.. Enumerable.Range(0, 3).Select(at => Number(text.Substring(1 + (2 * at), 2), NumberStyles.AllowHexSpecifier))]
        : [];

    private static int Number(string text, NumberStyles style) =>
        byte.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
