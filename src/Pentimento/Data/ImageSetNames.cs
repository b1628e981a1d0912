using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pentimento.Data;

/// <summary>What an npz cannot say in numbers: the names of classes and values, and the images' files; JSON as bytes.</summary>
/// <param name="Classes">By number.</param>
/// <param name="Values">By attribute and number.</param>
/// <param name="Files">By image.</param>
internal sealed record ImageSetNames(
    IReadOnlyList<string>? Classes, IReadOnlyDictionary<string, IReadOnlyList<string>>? Values, IReadOnlyList<string>? Files)
{
    /// <summary>The array's key.</summary>
    public const string Key = "names";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The names of a set as an array; null where it has none.</summary>
    public static NpyArray? Of(ImageSet set)
    {
        if (set.ClassNames.Count == 0 && set.ValueNames.Count == 0 && set.Files.Count == 0) return null;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new ImageSetNames(set.ClassNames, set.ValueNames, set.Files), Options);
        return new(bytes, bytes.Length);
    }

    /// <summary>The names in an array; none where it is something else.</summary>
    public static ImageSetNames Read(NpyArray? array)
    {
        if (array is null || !array.Holds<byte>() || (byte[])array.Data is not [(byte)'{', ..])
            return new(null, null, null);
        try
        {
            return JsonSerializer.Deserialize<ImageSetNames>((byte[])array.Data, Options) is { IsWhole: true } names ? names : new(null, null, null);
        }
        catch (JsonException)
        {
            return new(null, null, null);
        }
    }

    [JsonIgnore]
    private bool IsWhole => !AnyNull(Classes) && !AnyNull(Files) && (Values?.Values.All(names => names is not null && !AnyNull(names)) ?? true);

    private static bool AnyNull(IReadOnlyList<string>? names) => names?.Any(name => name is null) ?? false;

    /// <summary>The set with these names, as far as they fit it.</summary>
    public ImageSet Of(ImageSet set, IReadOnlyDictionary<string, long[]> attributes) => new(set.Name, set.Source, set.Labels, set.Colors, set.Shape)
    {
        Attributes = attributes,
        ClassNames = Classes is { } classes && set.Labels.All(label => label < classes.Count) ? classes : [],
        ValueNames = Values?.Where(pair => attributes.ContainsKey(pair.Key)).ToDictionary() ?? [],
        Files = Files is { } files && files.Count == set.Count ? files : [],
    };
}
