using System.Text.Json;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Reports.Runs;

/// <summary>With what, on what and how long a run was made: its manifest.</summary>
/// <param name="Pentimento">This software's version.</param>
/// <param name="TorchSharp">TorchSharp's version.</param>
/// <param name="Dotnet">The .NET runtime's version.</param>
/// <param name="System">The operating system.</param>
/// <param name="Processors">How many processors the machine has.</param>
/// <param name="Recipe">The recipe's SHA-256.</param>
/// <param name="Stages">What was done, with times and the outputs' hashes.</param>
public sealed record Provenance(
    string Pentimento,
    string TorchSharp,
    string Dotnet,
    string System,
    int Processors,
    string? Recipe,
    IReadOnlyDictionary<string, Stage> Stages)
{
    /// <summary>The stages in the order of a run.</summary>
    public static IReadOnlyList<(string Name, string Does)> Order { get; } =
    [
        ("datasets", "paint the canvases"),
        ("lazy", "train the lazy network"),
        ("environments", "split the training images by its errors"),
        ("repaired", "train the repaired network"),
        ("evaluations", "evaluate both on every set"),
        ("audit", "recolour the same digits for both"),
        ("focus", "explain the predictions of both"),
        ("attacks", "attack both"),
    ];

    /// <summary>Reads a run's manifest.</summary>
    /// <exception cref="BadInputException">There is none, or it lacks something.</exception>
    internal static Provenance Read(RunFolder folder)
    {
        var file = folder.At("manifest.json");
        Require.That(File.Exists(file), $"{folder.Folder} holds no run: it has no manifest.json.");
        try
        {
            var provenance = JsonSerializer.Deserialize<Provenance>(File.ReadAllBytes(file), Json.Reading);
            Require.That(provenance?.Stages is not null, $"{file} does not say what was done.");
            return provenance;
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file} holds something else than a run writes: {failure.Message}", failure);
        }
    }
}

/// <summary>A finished step of a run.</summary>
/// <param name="Key">The hash of everything that decides it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outputs">The SHA-256 of each file that it could write; null for one that it did not.</param>
public sealed record Stage(string Key, double Seconds, IReadOnlyDictionary<string, string?> Outputs);
