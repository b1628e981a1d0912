namespace Pentimento.Data;

/// <summary>Grey images to paint on: the embedded MNIST, or files of the user's.</summary>
internal static class DigitSource
{
    // One seventh of MNIST's images are its test set; a single file without splits is divided alike.
    private const int TestShare = 7;

    /// <summary>Opens a source; nothing is read before a split is asked for.</summary>
    /// <param name="place">
    /// Null for MNIST; a folder of IDX files (or the beginning of their names, as in <c>emnist/emnist-digits</c>), gzipped or not; a folder of
    /// pictures; or an npz of grey images with the keys x_train, y_train, x_test, y_test, or images and labels. Where nothing tells training
    /// from test images, a seventh of every class, drawn at random and the same for everybody, is the test split.
    /// </param>
    /// <exception cref="BadInputException">There is nothing of the kind.</exception>
    public static Func<Split, Digits> Open(string? place)
    {
        if (place is null) return Digits.Mnist;
        // Both splits of one archive are parts of one reading.
        var arrays = new Lazy<IReadOnlyDictionary<string, NpyArray>>(() =>
            Npz.Read(place, "x_train", "y_train", "x_test", "y_test", "images", "labels"));
        if (File.Exists(place))
            return split => FromNpz(place, arrays.Value, split);
        if (Directory.Exists(place) && ImageFolder.Is(place))
            return split => FromPictures(place, split);
        var folder = Directory.Exists(place) ? place : Path.GetDirectoryName(Path.GetFullPath(place))!;
        Require.That(Directory.Exists(folder), $"There is no file or folder {place}.");
        var beginning = folder == place ? "" : Path.GetFileName(place);
        return split => FromIdx(folder, beginning, split);
    }

    /// <summary>Whether a folder holds IDX files of images.</summary>
    internal static bool HoldsIdx(string folder) =>
        Directory.EnumerateFiles(folder, "*images*idx3*").Any() && !ImageFolder.Is(folder);

    private static Digits FromIdx(string folder, string beginning, Split split)
    {
        var images = Only(folder, beginning, split, "images");
        return ReadIdx(images, Only(folder, beginning, split, "labels"));
    }

    /// <summary>Reads a file of IDX images and one of their labels, upright: EMNIST stores its images with rows and columns exchanged.</summary>
    /// <remarks>Cohen, Afshar, Tapson and van Schaik, 2017, "EMNIST: extending MNIST to handwritten letters", arXiv:1702.05373.</remarks>
    internal static Digits ReadIdx(string images, string labels)
    {
        var digits = Digits.From(Path.GetFullPath(images), Idx.Read(images), Idx.Read(labels));
        return IsTransposed(images) ? digits.Transposed() : digits;
    }

    /// <summary>Writes images and labels as IDX, as files of this name lie.</summary>
    internal static void WriteIdx(string images, string labels, Digits digits)
    {
        var stored = IsTransposed(images) ? digits.Transposed() : digits;
        Idx.Write(images, new(stored.Pixels.ToArray(), [stored.Count, stored.Height, stored.Width]));
        Idx.Write(labels, new(Array.ConvertAll(stored.Labels, label => (byte)label), [stored.Count]));
    }

    private static bool IsTransposed(string images) => Path.GetFileName(images).StartsWith("emnist", StringComparison.OrdinalIgnoreCase);

    private static string Only(string folder, string beginning, Split split, string what)
    {
        string[] halves = split == Split.Train ? ["train"] : ["t10k", "test"];
        var found = Directory
            .GetFiles(folder)
            .Where(file =>
            {
                var name = Path.GetFileName(file);
                return name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                    && name.Contains(what, StringComparison.OrdinalIgnoreCase)
                    && name.Contains("idx", StringComparison.OrdinalIgnoreCase)
                    && halves.Any(half => name.Contains(half, StringComparison.OrdinalIgnoreCase));
            })
            .Order(StringComparer.Ordinal)
            .ToList();
        // The same file packed and unpacked is one file.
        found.RemoveAll(file => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && found.Contains(file[..^3]));
        Require.That(
            found.Count > 0,
            $"{folder} holds no IDX file of {split.ToString().ToLowerInvariant()} {what} such as "
                + $"{halves[0]}-{what}-idx{(what == "images" ? 3 : 1)}-ubyte.gz."
        );
        Require.That(
            found.Count == 1,
            $"{folder} holds several: {string.Join(", ", found.Select(Path.GetFileName))}; give the beginning of the names, as in "
                + $"{Path.Combine(folder, "emnist-digits")}."
        );
        return found[0];
    }

    private static Digits FromNpz(string file, IReadOnlyDictionary<string, NpyArray> arrays, Split split)
    {
        var half = split == Split.Train ? "train" : "test";
        if (arrays.TryGetValue($"x_{half}", out var known) && arrays.TryGetValue($"y_{half}", out var answers)) return From(file, known, answers);

        Require.That(
            arrays.ContainsKey("images") && arrays.ContainsKey("labels"),
            $"{file}: expected grey images with the keys x_train, y_train, x_test, y_test, or images and labels.");
        return Part(From(file, arrays["images"], arrays["labels"]), split);
    }

    private static Digits FromPictures(string folder, Split split)
    {
        var set = ImageFolder.Read(folder, folder, split, 0, RunContext.OnCpu());
        var grey = new byte[set.Count * set.Shape.Height * set.Shape.Width];
        // Colour counts by its luminance (ITU-R BT.601), in whole numbers so that every machine rounds alike.
        for (var at = 0; at < grey.Length; at++)
        {
            var pixel = set.Pixels.Slice(at * set.Shape.Channels, set.Shape.Channels);
            grey[at] = set.Shape.Channels == 1 ? pixel[0] : (byte)(((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]) + 500) / 1000);
        }

        var digits = new Digits(Path.GetFullPath(folder), grey, set.Labels, set.Shape.Height, set.Shape.Width);
        return ImageFolder.Has(folder, Split.Train) ? digits : Part(digits, split);
    }

    private static Digits Part(Digits all, Split split)
    {
        // Sources are often sorted by class: what comes last is no sample of the rest.
        var test = StratifiedDraw.Of(all.Labels, all.Count / TestShare, new Seed(0).For("test split"));
        return all.Pick(split == Split.Test ? test : [.. Enumerable.Range(0, all.Count).Except(test)]);
    }

    private static Digits From(string file, NpyArray images, NpyArray labels)
    {
        Require.That(
            images.Holds<byte>() && images.Shape is [> 0, > 0, > 0] or [> 0, > 0, > 0, 1],
            $"{file}: expected grey images as uint8 (N, H, W), got {images}.");
        var known = labels.AsLabels($"{file}, labels", images.Shape[0]);
        return new(Path.GetFullPath(file), (byte[])images.Data, known, (int)images.Shape[1], (int)images.Shape[2]);
    }
}
