using Pentimento.Data;
namespace Pentimento.Painting;

/// <summary>The dominant colors of the digits 0 to 9.</summary>
/// <param name="Colors">Ten colors, by digit.</param>
internal sealed record Palette(IReadOnlyList<Rgb> Colors)
{
    /// <summary>The seed report's palette.</summary>
    public static Palette Seed { get; } = new(
    [
        new("red", 255, 0, 0), new("green", 0, 255, 0), new("cyan", 0, 255, 255), new("pink", 255, 192, 203), new("magenta", 255, 0, 255),
        new("blue", 31, 81, 255), new("yellow", 255, 255, 0), new("purple", 120, 81, 169), new("navy", 18, 10, 143), new("orange", 255, 165, 0),
    ]);

    /// <summary>The color of a palette index; <see cref="ImageSet.White"/> is white.</summary>
    public Rgb this[long index] => index == ImageSet.White ? Rgb.White : Colors[(int)index];

    /// <summary>The index of each image's colour where a set names it, in an attribute <c>color</c>; null where it does not, or where a name is
    /// none of this palette's.</summary>
    internal long[]? IndicesOf(ImageSet set)
    {
        if (!set.ValueNames.TryGetValue("color", out var names) || !set.Attributes.ContainsKey("color")) return null;
        var known = Colors.Select(color => color.Name).Append(Rgb.White.Name).ToList();
        var indices = names.Select(name => known.FindIndex(color => color.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        return indices.Contains(-1) ? null : Array.ConvertAll(set.Attributes["color"], value => (long)indices[(int)value]);
    }
}

/// <summary>A named RGB color.</summary>
/// <param name="Name">The name of the color.</param>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
internal readonly record struct Rgb(string Name, byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static Rgb Black => new("black", 0, 0, 0);

    /// <summary>White.</summary>
    public static Rgb White => new("white", 255, 255, 255);
}
