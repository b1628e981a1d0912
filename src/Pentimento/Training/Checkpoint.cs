using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>Where a training stands: everything that decides how it goes on, so that going on and never having stopped end in the same
/// bytes.</summary>
/// <remarks>Random numbers need no state: each is a function of seed and step.</remarks>
/// <param name="Key">The hash of all that the training depends on; a checkpoint of another training is not used.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Epoch">What was measured in the unfinished epoch, step by step.</param>
/// <param name="History">The finished epochs.</param>
/// <param name="BestEpoch">The epoch that selection likes best so far, 0 for none.</param>
internal sealed record Checkpoint(string Key, int Step, IReadOnlyList<StepRecord> Epoch, IReadOnlyList<EpochRecord> History, int BestEpoch)
{
    private const string About = "about";
    private const string Weights = "weights/";
    private const string Best = "best/";
    private const string Memory = "memory/";

    /// <summary>The network's numbers.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> Network { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>The network's numbers after the best epoch; empty where there is none, or where it is the last.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> BestNetwork { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>What optimiser and objective remember.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, NpyArray> Remembered { get; init; } = new Dictionary<string, NpyArray>();

    /// <summary>Reads the checkpoint of a training; null where there is none of this very training.</summary>
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
                    Remembered = Part(arrays, Memory),
                }
                : null;
        }
        catch (Exception failure) when (failure is BadInputException or JsonException or KeyNotFoundException)
        {
            // Damaged or not ours: the training starts anew and replaces it.
            return null;
        }
    }

    /// <summary>Writes the checkpoint in place of the one before.</summary>
    public void Write(string file)
    {
        var about = Encoding.UTF8.GetBytes(Json.Line(this));
        Npz.Write(
            file,
            [new(About, new(about, about.Length)), .. Named(Weights, Network), .. Named(Best, BestNetwork), .. Named(Memory, Remembered)],
            System.IO.Compression.CompressionLevel.NoCompression);
    }

    private static IEnumerable<KeyValuePair<string, NpyArray>> Named(string prefix, IReadOnlyDictionary<string, NpyArray> arrays) =>
        arrays.Select(pair => KeyValuePair.Create(prefix + pair.Key, pair.Value));

    private static Dictionary<string, NpyArray> Part(IReadOnlyDictionary<string, NpyArray> arrays, string prefix) =>
        arrays
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
}
