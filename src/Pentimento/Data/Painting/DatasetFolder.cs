using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pentimento.Data.Painting;

/// <summary>A painted dataset on disk: <c>train_data.npz</c>, <c>test_data.npz</c>, <c>metadata.txt</c> and <c>metadata.json</c>.</summary>
public static class DatasetFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file of one split.</summary>
    public static string FileOf(string folder, Split split) => Path.Combine(folder, $"{split.ToString().ToLowerInvariant()}_data.npz");

    /// <summary>Whether a folder holds a whole painted dataset; the metadata is written last.</summary>
    public static bool IsWhole(string folder) => File.Exists(Path.Combine(folder, "metadata.json"));

    /// <summary>How many images a split of a whole folder holds, as its metadata says.</summary>
    public static int Count(string folder, Split split) =>
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "metadata.json")))![split.ToString().ToLowerInvariant()]!.GetValue<int>();

    /// <summary>Paints both splits of a canvas from the given digits and writes the folder; a dataset of that name is replaced at the end.</summary>
    /// <returns>How many training and test images were painted.</returns>
    /// <exception cref="BadInputException">A folder of that name holds other things.</exception>
    public static (int Train, int Test) Build(string folder, Painter painter, Func<Split, Digits> source, int limit, int threads, RunContext run)
    {
        var whole = Path.GetFullPath(folder);
        Require.That(IsOurs(whole), $"{whole} holds other things than a painted dataset; choose a folder that may be replaced.");
        var beside = $"{whole}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(beside);
        try
        {
            var arrays = new JsonObject();
            var digits = source(Split.Train);
            var train = Write(beside, painter, digits, Split.Train, limit, threads, run, arrays);
            var test = Write(beside, painter, source(Split.Test), Split.Test, limit, threads, run, arrays);
            File.WriteAllText(Path.Combine(beside, "metadata.txt"), Metadata.Text(painter));
            File.WriteAllText(Path.Combine(beside, "metadata.json"), Metadata.Json(painter, digits.Source, train, test, arrays).ToJsonString(Indented));
            if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
            Directory.Move(beside, whole);
            return (train, test);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    private static bool IsOurs(string folder)
    {
        string[] ours = ["train_data.npz", "test_data.npz", "metadata.txt", "metadata.json"];
        return !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(entry => ours.Contains(Path.GetFileName(entry)));
    }

    private static int Write(string folder, Painter painter, Digits digits, Split split, int limit, int threads, RunContext run, JsonObject sums)
    {
        var arrays = painter.Arrays(digits, split, limit, run);
        var hashes = Npz.WritePieces(FileOf(folder, split), arrays, CompressionLevel.Fastest, threads);
        foreach (var (name, array) in arrays)
            sums[$"{split.ToString().ToLowerInvariant()}_data.npz/{name}"] = new JsonObject { ["array"] = array.ToString(), ["sha256"] = hashes[name] };
        return (int)arrays[0].Value.Shape[0];
    }
}
