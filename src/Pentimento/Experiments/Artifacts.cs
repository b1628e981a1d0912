using Pentimento.Data;

namespace Pentimento.Experiments;

/// <summary>The few images and maps of a run that its page shows, kept as npz in <c>data/</c>.</summary>
internal static class Artifacts
{
    /// <summary>The file of a step that keeps samples.</summary>
    internal const string Samples = "samples.npz";

    /// <summary>The file of a step that keeps maps.</summary>
    internal const string Explanations = "explanations.npz";

    /// <summary>The file of a step that keeps attacked images.</summary>
    internal const string Attacks = "attacks.npz";

    private const int PerDigit = 6;
    private const int ShownAttacks = 8;

    /// <summary>A network's maps of a set.</summary>
    /// <param name="Network">The network's name in the recipe.</param>
    /// <param name="Set">The images.</param>
    /// <param name="Predicted">int64 (N).</param>
    /// <param name="Evidence">float32 (N, H, W), not negative.</param>
    public sealed record Explained(string Network, ImageSet Set, long[] Predicted, float[] Evidence);

    /// <summary>A network's images under attack.</summary>
    /// <param name="Network">The network's name in the recipe.</param>
    /// <param name="Target">The class to reach, or null.</param>
    /// <param name="Set">The images before.</param>
    /// <param name="Perturbed">float32 (N, C, H, W), the images after.</param>
    /// <param name="Before">int64 (N), the answers before.</param>
    /// <param name="After">int64 (N), the answers after.</param>
    public sealed record Attacked(string Network, int? Target, ImageSet Set, float[] Perturbed, long[] Before, long[] After);

    /// <summary>Keeps the first images of each digit, the same digits of every set.</summary>
    public static void WriteSamples(string file, IReadOnlyList<ImageSet> sets) =>
        Npz.Write(file, sets.SelectMany(set => Images(set.Name, set.Pick(set.FirstOfEachClass(PerDigit)))));

    /// <summary>Keeps one image of each digit, with both networks' maps and answers, from every set.</summary>
    public static void WriteExplanations(string file, IReadOnlyList<Explained> explained)
    {
        var arrays = new List<KeyValuePair<string, NpyArray>>();
        foreach (var group in explained.GroupBy(entry => entry.Set.Name))
        {
            var set = group.First().Set;
            var places = set.FirstOfEachClass();
            arrays.AddRange(Images(set.Name, set.Pick(places)));
            foreach (var entry in group)
            {
                var size = set.Shape.Height * set.Shape.Width;
                var maps = places.SelectMany(place => entry.Evidence.AsSpan(place * size, size).ToArray()).ToArray();
                arrays.Add(new($"{set.Name}/{entry.Network}/maps", new(maps, places.Length, set.Shape.Height, set.Shape.Width)));
                arrays.Add(new($"{set.Name}/{entry.Network}/answers", new(Array.ConvertAll(places, place => entry.Predicted[place]), places.Length)));
            }
        }

        Npz.Write(file, arrays);
    }

    /// <summary>Keeps the first images of each attack that the network answered right before it, fooled ones first.</summary>
    public static void WriteAttacks(string file, IReadOnlyList<Attacked> attacked)
    {
        var arrays = new List<KeyValuePair<string, NpyArray>>();
        foreach (var entry in attacked)
        {
            var places = Enumerable.Range(0, entry.Set.Count).Where(at => entry.Before[at] == entry.Set.Labels[at])
                .OrderBy(at => entry.Target is { } target ? entry.After[at] != target : entry.After[at] == entry.Set.Labels[at])
                .Take(ShownAttacks).ToArray();
            var name = $"{entry.Network}/{(entry.Target is { } wanted ? $"to {wanted}" : "any")}";
            var (shape, size) = (entry.Set.Shape, entry.Set.Shape.Size);
            arrays.AddRange(Images(name, entry.Set.Pick(places)));
            var perturbed = places.SelectMany(place => entry.Perturbed.AsSpan(place * size, size).ToArray()).ToArray();
            arrays.Add(new($"{name}/perturbed", new(perturbed, places.Length, shape.Channels, shape.Height, shape.Width)));
            arrays.Add(new($"{name}/before", new(Array.ConvertAll(places, place => entry.Before[place]), places.Length)));
            arrays.Add(new($"{name}/after", new(Array.ConvertAll(places, place => entry.After[place]), places.Length)));
        }

        Npz.Write(file, arrays);
    }

    /// <summary>Writes the arrays of several files into one; what two of them hold under one name is the same.</summary>
    internal static void Join(string file, IReadOnlyList<string> parts) =>
        Npz.Write(file, parts.SelectMany(part => Npz.Read(part)).DistinctBy(pair => pair.Key));

    private static IEnumerable<KeyValuePair<string, NpyArray>> Images(string name, ImageSet set) =>
        ImageSetFile.Arrays(set).Select(pair => KeyValuePair.Create($"{name}/{pair.Key}", pair.Value));
}
