using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>A painted dataset on disk: <c>train_data.npz</c>, <c>test_data.npz</c>, <c>metadata.txt</c> and <c>metadata.json</c>.</summary>
internal static class DatasetFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file of one split.</summary>
    public static string FileOf(string folder, Split split) => Path.Combine(folder, $"{split.ToString().ToLowerInvariant()}_data.npz");

    /// <summary>Whether a folder holds a complete painted dataset; the metadata is written last.</summary>
    public static bool IsWhole(string folder) => File.Exists(Path.Combine(folder, "metadata.json"));

    /// <summary>Number of images in a split of a complete folder, as its metadata says.</summary>
    public static int Count(string folder, Split split) =>
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "metadata.json")))![split.ToString().ToLowerInvariant()]!.GetValue<int>();

    /// <summary>Paints both splits of a canvas from the given digits and writes the folder; a dataset of that name is replaced at the end.</summary>
    /// <param name="folder">The folder to write.</param>
    /// <param name="painter">The specification of the images.</param>
    /// <param name="source">The digits of a split.</param>
    /// <param name="limit">Number of images of each split, 0 for all.</param>
    /// <param name="threads">Number of threads; the bytes do not depend on it.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <param name="level">The compression level; <see cref="CompressionLevel.NoCompression"/> stores.</param>
    /// <returns>Number of training and of test images.</returns>
    /// <exception cref="BadInputException">A folder of that name holds other things.</exception>
    public static (int Train, int Test) Build(
        string folder,
        Painter painter,
        Func<Split, Digits> source,
        int limit,
        int threads,
        RunContext run,
        CompressionLevel level = CompressionLevel.Fastest)
    {
        var whole = Path.GetFullPath(folder);
        Require.That(MayBeReplaced(whole), $"{whole} holds other things than a painted dataset; choose a folder that may be replaced.");
        var (train, test) = (0, 0);
        SafeFolder.Replace(whole, beside =>
        {
            var arrays = new JsonObject();
            var digits = source(Split.Train);
            train = Write(Split.Train, digits);
            test = Write(Split.Test, source(Split.Test));
            File.WriteAllText(Path.Combine(beside, "metadata.txt"), Metadata.Text(painter));
            File.WriteAllText(
                Path.Combine(beside, "metadata.json"),
                Metadata.Json(painter, digits.Source, train, test, arrays).ToJsonString(Indented));

            int Write(Split split, Digits digits)
            {
                var painted = painter.Arrays(digits, split, limit, run);
                Describe(arrays, split, painted, Npz.WritePieces(FileOf(beside, split), painted, level, threads));
                return (int)painted[0].Value.Shape[0];
            }
        });
        return (train, test);
    }

    /// <summary>Whether a folder may be replaced: it is absent, or holds nothing but a painted dataset.</summary>
    internal static bool MayBeReplaced(string folder)
    {
        string[] ours = ["train_data.npz", "test_data.npz", "metadata.txt", "metadata.json"];
        return !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(entry => ours.Contains(Path.GetFileName(entry)));
    }

    private static void Describe(
        JsonObject described,
        Split split,
        IReadOnlyList<KeyValuePair<string, NpyPieces>> arrays,
        IReadOnlyDictionary<string, string> sums)
    {
        foreach (var (name, array) in arrays)
            described[$"{split.ToString().ToLowerInvariant()}_data.npz/{name}"] = new JsonObject
            {
                ["array"] = array.ToString(),
                ["sha256"] = sums[name],
            };
    }
}
