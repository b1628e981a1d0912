using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting.Objects;

/// <summary>A set of objects on grounds on disk: <c>train_data.npz</c>, <c>test_data.npz</c>, <c>metadata.txt</c> and <c>metadata.json</c>.</summary>
internal static class ObjectFolder
{
    /// <summary>Paints both splits and writes the folder; a dataset of that name is replaced at the end.</summary>
    /// <param name="folder">The folder to write.</param>
    /// <param name="painter">The specification of the images.</param>
    /// <param name="limit">Number of images of each split, the first ones; 0 for all.</param>
    /// <param name="run">Threads, progress and cancellation.</param>
    /// <param name="level">The compression level.</param>
    /// <returns>Number of training and of test images.</returns>
    /// <exception cref="BadInputException">A folder of that name holds other things.</exception>
    public static (int Train, int Test) Build(string folder, ObjectPainter painter, int limit, RunContext run, CompressionLevel level)
    {
        var whole = Path.GetFullPath(folder);
        Require.That(
            DatasetFolder.MayBeReplaced(whole), $"{whole} holds other things than a painted dataset; choose a folder that may be replaced.");
        SafeFolder.Replace(whole, beside =>
        {
            var metadata = Metadata(painter, limit);
            var arrays = new JsonObject();
            foreach (var split in (Split[])[Split.Train, Split.Test])
            {
                var set = painter.PaintFirst(split, limit, run.Threads, run);
                SetNames.Describe(set, metadata);
                var file = DatasetFolder.FileOf(beside, split);
                foreach (var (name, array) in ImageSetFile.Arrays(set)) Describe(arrays, $"{Path.GetFileName(file)}/{name}", array);
                Npz.Write(file, ImageSetFile.Arrays(set), level, run.Threads);
            }

            metadata["arrays"] = arrays;
            File.WriteAllText(Path.Combine(beside, "metadata.txt"), Text(painter));
            File.WriteAllText(Path.Combine(beside, "metadata.json"), metadata.ToJsonString(Json.Options));
        });
        return (painter.Count(Split.Train, limit), painter.Count(Split.Test, limit));
    }

    private static void Describe(JsonObject arrays, string name, NpyArray array) => arrays[name] = new JsonObject
    {
        ["array"] = array.ToString(),
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Npy.Bytes(array.Data))),
    };

    private static JsonObject Metadata(ObjectPainter painter, int limit) => new()
    {
        ["name"] = painter.Canvas.ToString(),
        ["bias"] = painter.Canvas.Bias,
        ["reversed"] = painter.Canvas.IsReversed,
        ["version"] = ObjectPainter.Version,
        ["seed"] = painter.Seed.Value,
        ["source"] = painter.Source,
        ["train"] = painter.Count(Split.Train, limit),
        ["test"] = painter.Count(Split.Test, limit),
    };

    private static string Text(ObjectPainter painter)
    {
        var text = new StringBuilder("=====\nDATASET METADATA\n=====\n\nGROUND MAPPING:\n");
        text.Append($"Mode: {(painter.Canvas.IsReversed ? "REVERSE" : "NORMAL")}\n\n");
        for (var label = 0; label < ObjectAtlas.ClassNames.Length; label++)
        {
            var ground = ObjectAtlas.Names[ObjectPainter.Ground][painter.Canvas.Dominant(label)];
            text.Append($"Class {label} ({ObjectAtlas.ClassNames[label]}): {ground}\n");
        }

        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nPARAMETERS:\nBIAS: {painter.Canvas.Bias}\n").ToString();
    }
}
