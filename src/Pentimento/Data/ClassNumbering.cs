namespace Pentimento.Data;

/// <summary>One numbering of classes for all sets of a computation: a class is known by its name, not by what happens to lie beside it.</summary>
internal static class ClassNumbering
{
    /// <summary>The same sets, all numbered by the names of all; sets whose classes are numbers stay as they are.</summary>
    /// <exception cref="BadInputException">Some sets name their classes and others number them.</exception>
    public static IReadOnlyList<ImageSet> Together(IReadOnlyList<ImageSet> sets)
    {
        if (sets.All(set => set.ClassNames.Count == 0)) return sets;
        var numbered = sets.FirstOrDefault(set => set.ClassNames.Count == 0);
        var named = sets.First(set => set.ClassNames.Count > 0);
        Require.That(
            numbered is null,
            $"{named.Name} names its classes ({Listed(named.ClassNames)}) and {numbered?.Name} numbers them; they cannot be told to be the same.");
        string[] names = [.. sets.SelectMany(set => set.ClassNames).Distinct().Order(StringComparer.Ordinal)];
        return [.. sets.Select(set => As(set, names, "the other sets"))];
    }

    /// <summary>The same set numbered by other names.</summary>
    /// <param name="set">The images.</param>
    /// <param name="names">The classes' names from 0 on.</param>
    /// <param name="owner">Whose names they are, for messages.</param>
    /// <exception cref="BadInputException">The set has images of a class that has no such name.</exception>
    public static ImageSet As(ImageSet set, IReadOnlyList<string> names, string owner)
    {
        if (set.ClassNames.Count == 0 || names.Count == 0 || set.ClassNames.SequenceEqual(names)) return set;
        var placeOf = names.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        var unknown = set.Labels.Distinct().Select(label => set.ClassNames[(int)label]).FirstOrDefault(name => !placeOf.ContainsKey(name));
        Require.That(unknown is null, $"{set.Name} has images of the class '{unknown}', which {owner} does not have: {Listed(names)}.");
        return set.Renumbered(Array.ConvertAll(set.Labels, label => placeOf[set.ClassNames[(int)label]]), names);
    }

    /// <summary>The first names of some, for messages.</summary>
    public static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(8).Select(name => Printable.Short(name, 40))) + (names.Count > 8 ? $" and {names.Count - 8} more" : "");
}
