namespace Pentimento.Experiments.Store;

/// <summary>What a store writes of a finished step, last of all: a step without it is not finished.</summary>
/// <param name="Name">What recipes call the step.</param>
/// <param name="Key">The hash of everything that decided it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Result">The SHA-256 of its result.</param>
/// <param name="Files">The SHA-256 of each other file, by its path within the step's folder.</param>
internal sealed record StepRecord(string Name, string Key, double Seconds, string Result, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The kind of processor that computed it; null where it is not known.</summary>
    public string? Processor { get; init; }

    /// <summary>Where it lies among a store's steps.</summary>
    public static string Place(string name, string key) => $"{name}-{key}";
}
