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

    /// <summary>The images of each class with each combination of values of attributes.</summary>
    /// <param name="set">The images.</param>
    /// <param name="attributes">The attributes; none for classes alone.</param>
    /// <exception cref="BadInputException">The set does not have an attribute.</exception>
    public static IReadOnlyList<CheckGroup> By(ImageSet set, params IReadOnlyList<string> attributes)
    {
        var grouping = new Grouping(set, attributes);
        var places = grouping.GroupOf.Index().ToLookup(pair => pair.Item, pair => pair.Index);
        return [.. grouping.Groups.Select((group, at) => new CheckGroup(string.Join('/', group.Values.Prepend(group.Class)), [.. places[at]]))];
    }
}
