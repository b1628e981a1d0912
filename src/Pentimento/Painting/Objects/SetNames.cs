using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting.Objects;

/// <summary>The names of classes and of attributes' values, which an npz cannot hold, in the <c>metadata.json</c> beside it.</summary>
internal static class SetNames
{
    private const string Classes = "classes";
    private const string Values = "values";

    /// <summary>The same images with the names that the metadata of their folder have for them; as they are where it has none that fit.</summary>
    public static ImageSet Named(this ImageSet set, string folder)
    {
        var file = Path.Combine(folder, "metadata.json");
        if (!File.Exists(file) || set.ClassNames.Count > 0) return set;
        var (classes, values) = Read(file);
        return classes.Count <= set.Labels.DefaultIfEmpty(-1).Max()
            ? set
            : new(set.Name, set.PixelArray, set.Labels, set.Colors, set.Shape)
            {
                Attributes = set.Attributes,
                ClassNames = classes,
                ValueNames = values,
            };
    }

    /// <summary>Writes the names of a set into its folder's metadata.</summary>
    public static void Describe(ImageSet set, JsonObject metadata)
    {
        metadata[Classes] = JsonSerializer.SerializeToNode(set.ClassNames);
        metadata[Values] = JsonSerializer.SerializeToNode(set.ValueNames);
    }

    private static (IReadOnlyList<string> Classes, IReadOnlyDictionary<string, IReadOnlyList<string>> Values) Read(string file)
    {
        try
        {
            var metadata = JsonText.Parse(File.ReadAllBytes(file)) as JsonObject;
            var classes = metadata?[Classes].Deserialize<string?[]>() ?? [];
            var values = metadata?[Values].Deserialize<Dictionary<string, IReadOnlyList<string?>?>>() ?? [];
            return (
                classes.Contains(null) ? [] : [.. classes.OfType<string>()],
                values.Where(pair => pair.Value is { } names && !names.Contains(null))
                    .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value!.OfType<string>()]));
        }
        catch (JsonException)
        {
            return ([], new Dictionary<string, IReadOnlyList<string>>());
        }
    }
}
