namespace Pentimento.Data;

/// <summary>An image set as an npz with the keys <c>images</c>, <c>labels</c> and, optionally, <c>colors</c> and other attributes.</summary>
internal static class ImageSetFile
{
    private static readonly string[] Known = ["images", "labels", "colors"];

    /// <summary>Reads a set.</summary>
    /// <param name="file">The npz.</param>
    /// <param name="name">How results refer to the set.</param>
    /// <exception cref="BadInputException">A key is missing, or an array is of another type or shape.</exception>
    public static ImageSet Read(string file, string name)
    {
        var arrays = Npz.Read(file, Known);
        Require.That(arrays.ContainsKey("images") && arrays.ContainsKey("labels"), $"{file}: expected the keys images and labels.");
        var images = arrays["images"];
        Require.That(
            images.Holds<byte>() && images.Shape is [_, > 0, > 0, 1 or 3] or [_, > 0, > 0],
            $"{file}: expected images as uint8 (N, H, W, 3) or (N, H, W), got {images}.");
        var colors = arrays.GetValueOrDefault("colors");
        var shape = new ImageShape((int)images.Shape[1], (int)images.Shape[2], images.Shape.Length == 3 ? 1 : (int)images.Shape[3]);
        Require.That(images.Shape[0] > 0, $"{file} holds no image.");
        return new(
            name,
            (byte[])images.Data,
            arrays["labels"].AsLabels($"{file}, labels", images.Shape[0]),
            colors?.AsLabels($"{file}, colors", images.Shape[0]) ?? [],
            shape)
        {
            Attributes = Attributes(file, images.Shape[0]),
        };
    }

    /// <summary>Reads what is known of the images, but no pixels.</summary>
    /// <exception cref="BadInputException">There are no labels, or an array is of another type or shape.</exception>
    public static ImageSet ReadLabels(string file, string name)
    {
        var arrays = Npz.Read(file, "labels", "colors");
        Require.That(arrays.ContainsKey("labels"), $"{file}: expected the key labels.");
        var labels = arrays["labels"].AsLabels($"{file}, labels");
        var colors = arrays.GetValueOrDefault("colors")?.AsLabels($"{file}, colors", labels.Length) ?? [];
        return new(name, [], labels, colors, default) { Attributes = Attributes(file, labels.Length) };
    }

    /// <summary>The other arrays that hold a whole number for each image; what else the file holds is somebody's own business.</summary>
    private static Dictionary<string, long[]> Attributes(string file, long count) =>
        Npz.ReadWhere(file, (name, header) => !Known.Contains(name) && header.Shape is [var length] && length == count && header.Type.IsWhole)
            .ToDictionary(pair => pair.Key, pair => pair.Value.AsLabels(pair.Key));

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
