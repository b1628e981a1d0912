using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>A training checkpoint: the weights, the state of optimizer and objective, and the history, so that a resumed training ends in the
/// same bytes as one that was never interrupted.</summary>
/// <remarks>Random numbers need no state: each is a function of seed and step.</remarks>
/// <param name="Key">The hash of all that the training depends on; a checkpoint of another training is not used.</param>
/// <param name="Step">Number of steps taken.</param>
/// <param name="Epoch">The metrics of the unfinished epoch, step by step.</param>
/// <param name="History">The metrics of the finished epochs.</param>
/// <param name="BestEpoch">The epoch with the best score of the selection so far, 0 for none.</param>
internal sealed record Checkpoint(string Key, int Step, IReadOnlyList<StepMetrics> Epoch, IReadOnlyList<EpochRecord> History, int BestEpoch)
{
    private const string About = "about";
    private const string Weights = "weights/";
    private const string Best = "best/";
    private const string OptimizerAndObjective = "memory/";

    /// <summary>The network's weights.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> Network { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>The network's weights after the best epoch; empty where there is none, or where it is the last.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> BestNetwork { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>The state of optimizer and objective.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> State { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>Loads the checkpoint of a training; null where there is none of this very training.</summary>
    public static Checkpoint? Read(string? file, string key)
    {
        if (file is null || !File.Exists(file)) return null;
        try
        {
            var arrays = Npz.Read(file);
            var about = JsonSerializer.Deserialize<Checkpoint>(Encoding.UTF8.GetString(arrays[About].As<byte>(1, About)), Json.Options);
            return about?.Key == key
                ? about with
                {
                    Network = Part(arrays, Weights),
                    BestNetwork = Part(arrays, Best),
                    State = Part(arrays, OptimizerAndObjective),
                }
                : null;
        }
        catch (Exception failure) when (failure is BadInputException or JsonException or KeyNotFoundException)
        {
            // Damaged or not ours: the training starts anew and replaces it.
            return null;
        }
    }

    /// <summary>Saves the checkpoint in place of the one before.</summary>
    public void Write(string file)
    {
        var about = Encoding.UTF8.GetBytes(Json.Line(this));
        Npz.Write(
            file,
            [
                new(About, new(about, about.Length)),
                .. Prefixed(Weights, Network),
                .. Prefixed(Best, BestNetwork),
                .. Prefixed(OptimizerAndObjective, State),
            ],
            System.IO.Compression.CompressionLevel.NoCompression);
    }

    private static IEnumerable<KeyValuePair<string, NpyArray>> Prefixed(string prefix, IReadOnlyDictionary<string, NpyArray> arrays) =>
        arrays.Select(pair => KeyValuePair.Create(prefix + pair.Key, pair.Value));

    private static Dictionary<string, NpyArray> Part(IReadOnlyDictionary<string, NpyArray> arrays, string prefix) =>
        arrays
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
}
