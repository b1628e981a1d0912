namespace Pentimento.Data;

/// <summary>An image set as an npz with the keys <c>images</c>, <c>labels</c> and, optionally, <c>colors</c> and other attributes.</summary>
internal static class ImageSetFile
{
    private static readonly string[] Known = ["images", "labels", "colors"];

    /// <summary>Reads a set.</summary>
    /// <param name="file">The npz.</param>
    /// <param name="name">How results refer to the set.</param>
    /// <param name="split">Which images, where the file tells splits apart as <c>x_train</c> and <c>x_test</c>.</param>
    /// <exception cref="BadInputException">A key is missing, or an array is of another type or shape.</exception>
    public static ImageSet Read(string file, string name, Split split = Split.Test)
    {
        var keys = NpzImages.Keys(file, split);
        var arrays = Npz.Read(file, keys.Images, keys.Labels, "colors", ImageSetNames.Key);
        var images = arrays[keys.Images];
        var (pixels, shape) = NpzImages.Bytes(images, $"{file}, {keys.Images}");
        var labels = Labels(file, arrays, keys.Labels, images.Shape[0]);
        return Named(file, arrays, new(name, pixels, labels, Colors(file, arrays, images.Shape[0]), shape), keys);
    }

    /// <summary>Reads what is known of the images, but no pixels.</summary>
    /// <exception cref="BadInputException">There are no labels, or an array is of another type or shape.</exception>
    public static ImageSet ReadLabels(string file, string name, Split split = Split.Test)
    {
        var keys = NpzImages.Keys(file, split);
        var arrays = Npz.Read(file, keys.Labels, "colors", ImageSetNames.Key);
        var labels = Labels(file, arrays, keys.Labels, arrays[keys.Labels].Shape is [var count, ..] ? count : 0);
        return Named(file, arrays, new(name, [], labels, Colors(file, arrays, labels.Length), default), keys);
    }

    private static ImageSet Named(string file, IReadOnlyDictionary<string, NpyArray> arrays, ImageSet set, (string Images, string Labels) keys) =>
        ImageSetNames.Read(arrays.GetValueOrDefault(ImageSetNames.Key)).Of(set, Attributes(file, set.Count, keys));

    /// <summary>Labels as (N) or, as Keras' CIFAR and MedMNIST have them, (N, 1).</summary>
    private static long[] Labels(string file, IReadOnlyDictionary<string, NpyArray> arrays, string key, long count)
    {
        var labels = arrays[key];
        return (labels.Shape is [_, 1] ? new NpyArray(labels.Data, labels.Shape[0]) : labels).AsLabels($"{file}, {key}", count);
    }

    private static long[] Colors(string file, IReadOnlyDictionary<string, NpyArray> arrays, long count) =>
        arrays.GetValueOrDefault("colors")?.AsLabels($"{file}, colors", count) ?? [];

    /// <summary>The other arrays that hold a whole number for each image; what else the file holds is somebody's own business.</summary>
    private static Dictionary<string, long[]> Attributes(string file, long count, (string Images, string Labels) keys) =>
        keys.Images != "images" ? [] : Npz.ReadWhere(file, (name, header) =>
                !Known.Contains(name) && name != keys.Labels && name != ImageSetNames.Key && header.Shape is [var length] && length == count
                && header.Type.IsWhole)
            .ToDictionary(pair => pair.Key, pair => pair.Value.AsLabels(pair.Key));

    /// <summary>The arrays of a set and, where it has any, its names.</summary>
    internal static IReadOnlyList<KeyValuePair<string, NpyArray>> ArraysWithNames(ImageSet set) =>
        ImageSetNames.Of(set) is { } names ? [.. Arrays(set), new(ImageSetNames.Key, names)] : Arrays(set);

    /// <summary>The arrays of a set, as the npz holds them.</summary>
    /// <param name="set">Images, labels and colours.</param>
    internal static IReadOnlyList<KeyValuePair<string, NpyArray>> Arrays(ImageSet set)
    {
        var images = new NpyArray(set.PixelArray, set.Count, set.Shape.Height, set.Shape.Width, set.Shape.Channels);
        var arrays = new List<KeyValuePair<string, NpyArray>> { new("images", images), new("labels", new(set.Labels, set.Count)) };
        if (set.Colors.Length > 0) arrays.Add(new("colors", new(set.Colors, set.Count)));
        arrays.AddRange(set.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, new NpyArray(attribute.Value, set.Count))));
        return arrays;
    }
}
