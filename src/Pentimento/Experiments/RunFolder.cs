using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>A finished run on disk, as people read it: what was measured, and with what, put together from the steps of its store.</summary>
internal sealed class RunFolder
{
    private const string Metrics = "metrics.jsonl";
    private const string Events = "tensorboard/";

    private readonly SortedDictionary<string, StageRecord> stages = [];
    private readonly JsonObject results = [];

    /// <summary>Reads a folder; one that is not there yet holds nothing.</summary>
    /// <exception cref="BadInputException">Its manifest or results are not what a run writes.</exception>
    public RunFolder(string folder)
    {
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var manifest = Load("manifest.json");
        if (manifest.ContainsKey("stages"))
            stages = As<SortedDictionary<string, StageRecord>>(manifest["stages"], "manifest.json");
        Require.That(
            stages.Values.All(stage => stage is { Key: not null, Outputs: not null }),
            $"{At("manifest.json")} names a stage without its key or outputs.");
        results = Load("results.json");
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>How long each finished step took.</summary>
    public IReadOnlyDictionary<string, double> Seconds => stages.ToDictionary(pair => pair.Key, pair => pair.Value.Seconds);

    /// <summary>A path inside the folder.</summary>
    public string At(string relative) => Path.Combine(Folder, relative);

    /// <summary>Whether the folder holds a run.</summary>
    public static bool Holds(string folder) => File.Exists(Path.Combine(folder, "manifest.json"));

    /// <summary>Whether the run has such a part.</summary>
    internal bool Has(string name) => results[name] is not null;

    /// <summary>A part of the results.</summary>
    /// <exception cref="BadInputException">The run has not come that far, or its results are of another kind.</exception>
    public T Result<T>(string name)
    {
        Require.That(
            results[name] is not null,
            $"{Folder} has no results of '{name}' yet; finish it with: pentimento run {At("recipe.yaml")} --out {Folder}");
        return As<T>(results[name], "results.json");
    }

    /// <summary>Puts a run together from its steps: results, manifest, metrics, event files, and the networks in <c>models/</c>.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="results">What was measured, by name.</param>
    /// <param name="steps">The finished steps.</param>
    internal static void Write(string folder, IReadOnlyDictionary<string, object?> results, IReadOnlyList<FinishedStep> steps)
    {
        string At(string relative) => Path.Combine(folder, relative);
        SafeFile.Write(At("results.json"), JsonSerializer.Serialize(results, Json.Options));
        var metrics = steps.SelectMany(step => step.Record.Files.Keys.Where(file => Path.GetFileName(file) == Metrics).SelectMany(file =>
            File.ReadLines(step.At(file)))).ToList();
        if (metrics.Count > 0) SafeFile.Write(At(Metrics), string.Concat(metrics.Select(line => $"{line}\n")));
        foreach (var step in steps) Copy(step, folder);
        // Last of all: a folder with a manifest holds a run.
        SafeFile.Write(At("manifest.json"), Manifest(folder, At("recipe.yaml"), steps).ToJsonString(Json.Options));
    }

    private static void Copy(FinishedStep step, string folder)
    {
        foreach (var file in step.Record.Files.Keys)
        {
            var events = file.IndexOf(Events, StringComparison.Ordinal);
            var place = file == OperationStep.NetworkFile ? $"models/{step.Record.Name}.safetensors" : events >= 0 ? file[events..] : null;
            if (place is null) continue;
            using var source = File.OpenRead(step.At(file));
            SafeFile.Write(Path.Combine(folder, place), source.CopyTo);
        }
    }

    private static JsonObject Manifest(string folder, string recipe, IReadOnlyList<FinishedStep> steps) => new()
    {
        ["pentimento"] = StepKey.Version,
        ["torchSharp"] = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(),
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        ["processors"] = Environment.ProcessorCount,
        ["recipe"] = File.Exists(recipe) ? ContentHash.OfFile(recipe, CancellationToken.None) : null,
        ["stages"] = JsonSerializer.SerializeToNode(
            new SortedDictionary<string, StageRecord>(
                steps.ToDictionary(step => step.Record.Name, step => Stage(folder, step)), StringComparer.Ordinal),
            Json.Options),
    };

    private static StageRecord Stage(string folder, FinishedStep step)
    {
        var place = Path.GetRelativePath(folder, step.Folder).Replace(Path.DirectorySeparatorChar, '/');
        var outputs = step.Record.Files.ToDictionary(file => $"{place}/{file.Key}", file => (string?)file.Value);
        return new(step.Record.Key, step.Record.Seconds, outputs);
    }

    private JsonObject Load(string name)
    {
        if (!File.Exists(At(name))) return [];
        try
        {
            return JsonText.Parse(File.ReadAllBytes(At(name))) as JsonObject
                ?? throw new BadInputException($"{At(name)} is not a JSON object.");
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{At(name)} is not JSON: {failure.Message}", failure);
        }
    }

    private T As<T>(JsonNode? node, string file)
    {
        try
        {
            return node.Deserialize<T>(Json.Reading) ?? throw new BadInputException($"{At(file)} holds nothing where a run writes a value.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            // Texts are decoded only when they are looked at.
            throw new BadInputException($"{At(file)} holds something else than a run writes: {failure.Message}", failure);
        }
    }
}

/// <summary>A finished step.</summary>
/// <param name="Key">The hash of what it depended on.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outputs">The SHA-256 of each file that it could write; null for one that it did not.</param>
internal sealed record StageRecord(string Key, double Seconds, IReadOnlyDictionary<string, string?> Outputs);
