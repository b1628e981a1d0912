using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Reports.Figures;

/// <summary>What is known of an image besides its pixels, for those who open it large or filter by it.</summary>
/// <param name="Class">Its class, by name.</param>
/// <param name="File">Its file, or its place in the set that was read; empty where neither is known.</param>
/// <param name="Groups">Its attributes with their values; empty where it has none.</param>
public sealed record ImageMetadata(string Class, string File, string Groups)
{
    /// <summary>What is known of an image of a set.</summary>
    internal static ImageMetadata Of(ImageSet set, int at) => new(
        SwapPictures.NameOf(set, set.Labels[at]),
        set.Files.Count > 0 || set.Places.Length > 0 ? set.NameOf(at) : "",
        string.Join(", ", set.AttributeNames.Select(name => $"{name} {ValueOf(set, name, at)}")));

    private static string ValueOf(ImageSet set, string name, int at)
    {
        var value = set.AttributeOf(name)[at];
        if (name != ImageSet.Color || set.ValueNames.ContainsKey(name)) return set.ValueName(name, value);
        return value < Palette.Seed.Colors.Count ? Palette.Seed.Colors[(int)value].Name : value == ImageSet.White ? "white" : $"{value}";
    }
}
