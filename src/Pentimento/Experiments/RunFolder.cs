using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>
/// A run on disk. Stages are keyed by the hash of what they depend on, so that running again, or after a crash, computes only
/// what is missing or changed.
/// </summary>
public sealed class RunFolder
{
    private readonly SortedDictionary<string, StageRecord> stages = [];
    private readonly JsonObject results = [];
    private readonly Lock gate = new();

    /// <summary>Opens a folder, new or begun.</summary>
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

    /// <summary>How long each finished stage took.</summary>
    public IReadOnlyDictionary<string, double> Seconds => stages.ToDictionary(pair => pair.Key, pair => pair.Value.Seconds);

    /// <summary>A path inside the folder.</summary>
    public string At(string relative) => Path.Combine(Folder, relative);

    /// <summary>Whether the folder holds a run.</summary>
    public static bool Holds(string folder) => File.Exists(Path.Combine(folder, "manifest.json"));

    /// <summary>Does a stage, unless it is done already; its result, its outputs' hashes and its time are then on disk. Several may work at
    /// a time.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="depends">What decides its outcome: settings, and the keys of the stages before it.</param>
    /// <param name="outputs">The files it writes, relative to the folder; work may add to them.</param>
    /// <param name="work">Computes the result, and writes the outputs.</param>
    /// <param name="run">Hears whether the stage was found done.</param>
    /// <returns>The result, and the stage's key for those that depend on it.</returns>
    public (T Result, string Key) Stage<T>(string name, IReadOnlyList<string> depends, IReadOnlyList<string> outputs, Func<T> work, RunContext run)
    {
        var key = Hash(JsonSerializer.SerializeToUtf8Bytes<string[]>([Version, name, .. depends]));
        if (Done(name, key, outputs) is { } kept)
        {
            run.Report(new("found done", 1, 1));
            return (As<T>(kept, "results.json"), key);
        }

        var watch = Stopwatch.StartNew();
        var result = work();
        lock (gate)
        {
            results[name] = JsonSerializer.SerializeToNode(result, Json.Options);
            stages[name] = new(key, watch.Elapsed.TotalSeconds, outputs.ToDictionary(output => output, HashOf));
            // Results before manifest: a stage that the manifest calls done has its result on disk.
            SafeFile.Write(At("results.json"), results.ToJsonString(Json.Options));
            SafeFile.Write(At("manifest.json"), Manifest().ToJsonString(Json.Options));
        }

        return (result, key);
    }

    private JsonNode? Done(string name, string key, IReadOnlyList<string> outputs)
    {
        lock (gate)
        {
            var isDone =
                stages.TryGetValue(name, out var done)
                && done.Key == key
                && outputs.All(done.Outputs.ContainsKey)
                && done.Outputs.All(output => output.Value == HashOf(output.Key));
            return isDone ? results[name] : null;
        }
    }

    /// <summary>The result of a finished stage.</summary>
    /// <exception cref="BadInputException">The run has not come that far, or its results are of another kind.</exception>
    public T Result<T>(string name)
    {
        Require.That(
            results[name] is not null,
            $"{Folder} has no results of the stage '{name}' yet; finish it with: pentimento run {At("recipe.yaml")} --out {Folder}");
        return As<T>(results[name], "results.json");
    }

    private static string Version => typeof(RunFolder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private JsonObject Manifest() => new()
    {
        ["pentimento"] = Version,
        ["torchSharp"] = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(),
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        ["processors"] = Environment.ProcessorCount,
        ["recipe"] = HashOf("recipe.yaml"),
        ["stages"] = JsonSerializer.SerializeToNode(stages, Json.Options),
    };

    private JsonObject Load(string name)
    {
        if (!File.Exists(At(name))) return [];
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(At(name)), documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
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
            return node.Deserialize<T>(Json.Options) ?? throw new BadInputException($"{At(file)} holds nothing where a run writes a value.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            // Texts are decoded only when they are looked at.
            throw new BadInputException($"{At(file)} holds something else than a run writes: {failure.Message}", failure);
        }
    }

    private string? HashOf(string relative)
    {
        // A device never ends, and a name that leads elsewhere is no output of this run.
        var inside = Path.GetFullPath(At(relative)).StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside || !File.Exists(At(relative)) || new FileInfo(At(relative)).Attributes.HasFlag(FileAttributes.Device)) return null;
        using var stream = File.OpenRead(At(relative));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A finished stage.</summary>
/// <param name="Key">The hash of what it depended on.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outputs">The SHA-256 of each file that it could write; null for one that it did not.</param>
public sealed record StageRecord(string Key, double Seconds, IReadOnlyDictionary<string, string?> Outputs);
