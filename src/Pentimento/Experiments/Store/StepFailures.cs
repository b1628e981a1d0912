using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>What failed in a store, a file for each attempt, until the step is tried anew.</summary>
/// <param name="folder">Where they lie.</param>
/// <param name="job">What the scheduler calls the task that works here; null outside of one.</param>
internal sealed class StepFailures(string folder, string? job)
{
    /// <summary>Says that a step failed.</summary>
    /// <param name="name">What recipes call it.</param>
    /// <param name="key">The hash of everything that decides it.</param>
    /// <param name="message">Why; null where only the log says it.</param>
    /// <param name="isFinal">Whether it would fail everywhere and always, because its input cannot be used.</param>
    public void Add(string name, string key, string? message, bool isFinal)
    {
        var failure = new StepFailure(name, key, message, isFinal, Environment.MachineName, job);
        SafeFile.Write(
            Path.Combine(folder, $"{StepRecord.Place(name, key)}.{Guid.NewGuid():N}.json"), JsonSerializer.Serialize(failure, Json.Options));
    }

    /// <summary>All that failed.</summary>
    public IReadOnlyList<StepFailure> All() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<StepFailure>()] : [];

    /// <summary>Forgets all, so that every step is tried anew.</summary>
    public void Clear()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").ToList()) File.Delete(file);
    }

    private static StepFailure? Read(string file) => RunStore.Whole(() =>
        JsonSerializer.Deserialize<StepFailure>(File.ReadAllBytes(file), Json.Reading) is { Name: not null, Key: not null } failure ? failure : null);
}

/// <summary>An attempt that failed.</summary>
/// <param name="Name">What recipes call the step.</param>
/// <param name="Key">The hash of everything that decides it.</param>
/// <param name="Message">Why; null where only the log says it.</param>
/// <param name="IsFinal">Whether it would fail everywhere and always.</param>
/// <param name="Machine">Where.</param>
/// <param name="Job">What the scheduler calls the task; null outside of one.</param>
internal sealed record StepFailure(string Name, string Key, string? Message, bool IsFinal, string Machine, string? Job);
