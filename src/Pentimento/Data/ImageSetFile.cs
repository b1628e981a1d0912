namespace Pentimento.Data;

/// <summary>An image set as an npz with the keys <c>images</c>, <c>labels</c> and, optionally, <c>colors</c>.</summary>
public static class ImageSetFile
{
    /// <summary>Reads a set.</summary>
    /// <param name="file">The npz.</param>
    /// <param name="name">How results refer to the set.</param>
    /// <exception cref="BadInputException">A key is missing, or an array is of another type or shape.</exception>
    public static ImageSet Read(string file, string name)
    {
        var arrays = Npz.Read(file, "images", "labels", "colors");
        Require.That(arrays.ContainsKey("images") && arrays.ContainsKey("labels"), $"{file}: expected the keys images and labels.");
        var images = arrays["images"];
        Require.That(images.Data is byte[] && images.Shape is [_, > 0, > 0, 1 or 3], $"{file}: expected images as uint8 (N, H, W, 3), got {images}.");
        var colors = arrays.GetValueOrDefault("colors");
        var shape = new ImageShape((int)images.Shape[1], (int)images.Shape[2], (int)images.Shape[3]);
        Require.That(images.Shape[0] > 0, $"{file} holds no image.");
        return new(name, (byte[])images.Data, arrays["labels"].AsLabels($"{file}, labels"), colors?.AsLabels($"{file}, colors") ?? [], shape);
    }

    /// <summary>The arrays of a set, as the npz holds them.</summary>
    /// <param name="set">Images, labels and colours.</param>
    /// <param name="more">Further int64 (N) arrays by key.</param>
    internal static IReadOnlyList<KeyValuePair<string, NpyArray>> Arrays(ImageSet set, IReadOnlyDictionary<string, long[]>? more = null)
    {
        var images = new NpyArray(set.PixelArray, set.Count, set.Shape.Height, set.Shape.Width, set.Shape.Channels);
        var arrays = new List<KeyValuePair<string, NpyArray>> { new("images", images), new("labels", new(set.Labels, set.Count)) };
        if (set.Colors.Length > 0) arrays.Add(new("colors", new(set.Colors, set.Count)));
        arrays.AddRange((more ?? new Dictionary<string, long[]>()).Select(pair => KeyValuePair.Create(pair.Key, new NpyArray(pair.Value, pair.Value.LongLength))));
        return arrays;
    }
}
