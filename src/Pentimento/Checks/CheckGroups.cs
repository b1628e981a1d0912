using System.Globalization;
using Pentimento.Data;

namespace Pentimento.Checks;

/// <summary>Some of the images of a set, by their places.</summary>
/// <param name="Name">What people call them: <c>cat</c>, or <c>cat/grass</c>.</param>
/// <param name="Places">Where they stand.</param>
internal sealed record CheckGroup(string Name, IReadOnlyList<int> Places);

/// <summary>The groups of a set that occur in it.</summary>
internal static class CheckGroups
{
    /// <summary>All images.</summary>
    public static CheckGroup All(ImageSet set) => new("all", [.. Enumerable.Range(0, set.Count)]);

    /// <summary>The images of each class.</summary>
    public static IReadOnlyList<CheckGroup> Classes(ImageSet set) => Of(set, at => set.Labels[at], label => ClassOf(set, label));

    /// <summary>The images of each class with each value of an attribute.</summary>
    /// <exception cref="BadInputException">The set does not have the attribute.</exception>
    public static IReadOnlyList<CheckGroup> By(ImageSet set, string attribute)
    {
        var values = set.AttributeOf(attribute == "color" ? "colors" : attribute);
        var names = set.ValueNames.GetValueOrDefault(attribute);
        return Of(
            set, at => (set.Labels[at], values[at]), pair => $"{ClassOf(set, pair.Item1)}/{NameOf(names, pair.Item2)}");
    }

    private static List<CheckGroup> Of<TKey>(ImageSet set, Func<int, TKey> key, Func<TKey, string> name) =>
        [.. Enumerable.Range(0, set.Count).GroupBy(key).OrderBy(group => group.Key).Select(group => new CheckGroup(name(group.Key), [.. group]))];

    private static string ClassOf(ImageSet set, long label) => NameOf(set.ClassNames, label);

    private static string NameOf(IReadOnlyList<string>? names, long value) =>
        names is not null && value >= 0 && value < names.Count ? names[(int)value] : value.ToString(CultureInfo.InvariantCulture);
}
