namespace Pentimento.Data;

/// <summary>Arrays of images as people store them: bytes or floats, channels last or first.</summary>
internal static class NpzImages
{
    private static readonly string[] ImageKeys = ["images", "x", "X", "data"];
    private static readonly string[] LabelKeys = ["labels", "label", "y", "Y", "targets"];

    /// <summary>The keys of the images and labels of a split: <c>images</c>, or Keras' <c>x_test</c>, or MedMNIST's <c>test_images</c>.</summary>
    /// <param name="file">The npz.</param>
    /// <param name="split">Which images, where the file tells splits apart.</param>
    /// <exception cref="BadInputException">The file has none.</exception>
    public static (string Images, string Labels) Keys(string file, Split split)
    {
        var names = Npz.NamesOf(file);
        if (ImageKeys.FirstOrDefault(names.Contains) is { } images && LabelKeys.FirstOrDefault(names.Contains) is { } labels) return (images, labels);
        foreach (var half in new[] { split, Split.Test, Split.Train }.Distinct())
        {
            foreach (var word in half switch { Split.Train => ["train"], Split.Val => ["val", "valid"], _ => (string[])["test"] })
            {
                if (names.Contains($"x_{word}") && names.Contains($"y_{word}")) return Checked($"x_{word}", $"y_{word}", half);
                if (names.Contains($"{word}_images") && names.Contains($"{word}_labels")) return Checked($"{word}_images", $"{word}_labels", half);
            }
        }

        throw new BadInputException(
            $"{file}: expected the keys images and labels, or x_train, y_train, x_test, y_test; it has {string.Join(", ", names.Take(20))}.");

        (string Images, string Labels) Checked(string images, string labels, Split half)
        {
            Require.That(half == split, $"{file} holds no {SplitNames.Of(split)} images; it has {string.Join(", ", names.Take(20))}.");
            return (images, labels);
        }
    }

    /// <summary>Whether a file is an npz of images.</summary>
    public static bool Has(string file) => Npz.Holds(file, "images") || (Npz.IsNpz(file) && Splits(file).Count > 0);

    /// <summary>The splits that a file tells apart; none where it holds one set.</summary>
    public static IReadOnlyList<Split> Splits(string file)
    {
        var names = Npz.NamesOf(file);
        if (ImageKeys.Any(names.Contains) && LabelKeys.Any(names.Contains)) return [];
        return
        [
            .. Enum.GetValues<Split>()
                .Where(split => names.Contains($"x_{SplitNames.Of(split)}") || names.Contains($"{SplitNames.Of(split)}_images")),
        ];
    }

    /// <summary>Images as bytes, channels last.</summary>
    /// <exception cref="BadInputException">The array holds no images of 1 or 3 channels, or floats neither in 0..1 nor in 0..255.</exception>
    public static (byte[] Pixels, ImageShape Shape) Bytes(NpyArray images, string name)
    {
        Require.That(images.Shape is not [0, ..], $"{name} holds no image.");
        Require.That(
            images.Shape is [> 0, > 0, > 0] or [> 0, > 0, > 0, 1 or 3] or [> 0, 1 or 3, > 0, > 0],
            $"{name}: expected images as uint8 (N, H, W, 3) or (N, H, W), got {images}.");
        var first = images.Shape is [_, 1 or 3, _, _] && images.Shape[3] is not (1 or 3);
        var (height, width) = first ? (images.Shape[2], images.Shape[3]) : (images.Shape[1], images.Shape[2]);
        var channels = images.Shape.Length == 3 ? 1 : first ? images.Shape[1] : images.Shape[3];
        var shape = new ImageShape((int)height, (int)width, (int)channels);
        var bytes = images.Holds<byte>() ? (byte[])images.Data : Scaled(Floats(images, name), name);
        return (first && channels > 1 ? ChannelsLast(bytes, shape) : bytes, shape);
    }

    private static float[] Floats(NpyArray images, string name) => images.Data switch
    {
        _ when images.Holds<float>() => (float[])images.Data,
        _ when images.Holds<double>() => Array.ConvertAll((double[])images.Data, value => (float)value),
        _ when images.Holds<Half>() => Array.ConvertAll((Half[])images.Data, value => (float)value),
        _ => throw new BadInputException($"{name}: expected images as uint8 (N, H, W, 3) or (N, H, W), or as float of such a shape, got {images}."),
    };

    private static byte[] Scaled(float[] values, string name)
    {
        var (low, high) = (values.Min(), values.Max());
        Require.That(
            values.All(float.IsFinite) && low >= 0 && high <= 255,
            $"{name}: floats must lie in 0..1 or in 0..255, these lie in {low}..{high}; undo their normalisation.");
        var factor = high <= 1 ? 255f : 1f;
        return Array.ConvertAll(values, value => (byte)MathF.Round(factor * value));
    }

    private static byte[] ChannelsLast(byte[] bytes, ImageShape shape)
    {
        var (turned, area) = (new byte[bytes.Length], shape.Height * shape.Width);
        for (var at = 0; at < bytes.Length; at++)
        {
            var (image, channel, pixel) = (at / shape.Size, at % shape.Size / area, at % area);
            turned[(image * shape.Size) + (pixel * shape.Channels) + channel] = bytes[at];
        }

        return turned;
    }
}
