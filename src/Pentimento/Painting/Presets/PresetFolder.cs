using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting.Objects;

namespace Pentimento.Painting.Presets;

/// <summary>A painted benchmark on disk: one npz a set, and <c>metadata.json</c>, which says what they are.</summary>
internal static class PresetFolder
{
    private const string MetadataFile = "metadata.json";

    /// <summary>One set on disk.</summary>
    /// <param name="Name">The set's name.</param>
    /// <param name="File">Its npz in the folder.</param>
    /// <param name="Split">Training or test split.</param>
    /// <param name="Count">Number of images.</param>
    public sealed record Entry(string Name, string File, Split Split, int Count);

    /// <summary>Paints every set of a benchmark and writes the folder; the benchmark that was there is replaced at the end.</summary>
    /// <param name="folder">The folder to write.</param>
    /// <param name="preset">The benchmark.</param>
    /// <param name="source">The digits of each split.</param>
    /// <param name="limit">Number of images of each set, 0 for all; the first ones, whatever the limit.</param>
    /// <param name="seed">The seed of all random draws.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The folder holds other things, or the digits do not suit the benchmark.</exception>
    public static IReadOnlyList<Entry> Build(string folder, Preset preset, Func<Split, Digits> source, int limit, Seed seed, RunContext run)
    {
        Require.That(MayBeReplaced(folder), $"{folder} holds other things than a painted preset; choose a folder that may be replaced.");
        var own = preset.SourceOf(source);
        var (train, test, entries) = (own(Split.Train), own(Split.Test), new List<Entry>());
        SafeFolder.Replace(folder, beside =>
        {
            var sets = new JsonArray();
            ImageSet? names = null;
            foreach (var set in preset.Paint(train, test, seed, run))
            {
                var entry = new Entry(set.Name, $"{set.Name}.npz", set.Split, set.Take(limit).Images.Count);
                if (set.Images.ClassNames.Count > 0) names = set.Images;
                sets.Add(Write(Path.Combine(beside, entry.File), entry, set.Take(limit)));
                entries.Add(entry);
            }

            var metadata = new JsonObject
            {
                ["preset"] = Catalog.Write(preset),
                ["citation"] = new Member(preset.GetType()).Source,
                ["version"] = Preset.Version,
                ["seed"] = seed.Value,
                ["source"] = new JsonObject { ["train"] = train.Source, ["test"] = test.Source },
                ["sets"] = sets,
            };
            if (names is not null) SetNames.Describe(names, metadata);
            File.WriteAllText(Path.Combine(beside, MetadataFile), metadata.ToJsonString(Json.Options));
        });
        return entries;
    }

    /// <summary>The sets that a folder's metadata names; none where it is no preset's.</summary>
    public static IReadOnlyList<Entry> Entries(string folder)
    {
        try
        {
            var file = Path.Combine(folder, MetadataFile);
            if (!File.Exists(file) || JsonText.Parse(File.ReadAllBytes(file)) is not JsonObject metadata || metadata["preset"] is null) return [];
            return metadata["sets"].Deserialize<IReadOnlyList<Entry>>(Json.Options) is { } entries && entries.All(IsWhole) ? entries : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A file elsewhere is no part of the folder, whatever its metadata say.
    private static bool IsWhole(Entry? entry) => entry is { Name: not null, File: not null } && entry.File == Path.GetFileName(entry.File);

    private static JsonObject Write(string file, Entry entry, PresetSet set)
    {
        var arrays = ImageSetFile.Arrays(set.Images);
        Npz.Write(file, arrays);
        return new()
        {
            ["name"] = entry.Name,
            ["file"] = entry.File,
            ["split"] = entry.Split.ToString().ToLowerInvariant(),
            ["count"] = entry.Count,
            ["arrays"] = new JsonObject(arrays.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
            {
                ["array"] = pair.Value.ToString(),
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Npy.Bytes(pair.Value.Data))),
            }))),
        };
    }

    /// <summary>Whether a folder may be replaced: it is absent or empty, or holds nothing but a preset that was written here.</summary>
    private static bool MayBeReplaced(string folder)
    {
        string[] there = Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))] : [];
        return there.Length == 0
            || (Entries(folder) is { Count: > 0 } entries && there.All(entries.Select(entry => entry.File).Append(MetadataFile).Contains));
    }
}
