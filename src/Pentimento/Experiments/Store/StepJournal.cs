using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>
/// What a worker has finished, a line for each step in a file of its own. Readers follow a file for each worker instead of a folder for each step.
/// </summary>
/// <param name="folder">Where journals lie.</param>
/// <param name="job">What the scheduler calls the task; without a name nothing is written.</param>
internal sealed class StepJournal(string folder, string? job) : IDisposable
{
    /// <summary>Where a store's journals lie.</summary>
    public const string Place = "journals";

    /// <summary>The ending of a journal.</summary>
    public const string Ending = ".jsonl";

    private readonly Lock gate = new();
    private FileStream? file;

    /// <summary>Says that a step is finished.</summary>
    public void Add(StepRecord step)
    {
        if (job is not null) Write(new(step.Name, step.Key, step.Seconds, step.Processor ?? "", job));
    }

    /// <summary>Says that a step is not finished after all, because its files are not what was written.</summary>
    public void Retract(string name, string key) => Write(new(name, key, 0, "", job ?? "") { IsGone = true });

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Write(JournalLine entry)
    {
        var line = System.Text.Encoding.UTF8.GetBytes($"{Json.Line(entry)}\n");
        lock (gate)
        {
            file ??= Open();
            file.Write(line);
            file.Flush();
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(folder);
        return new(
            Path.Combine(folder, $"{job ?? "retracted"}-{Guid.NewGuid():N}{Ending}"), FileMode.CreateNew, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete);
    }
}

/// <summary>A finished step, as a journal says it.</summary>
/// <param name="Name">What recipes call it.</param>
/// <param name="Key">The hash of everything that decided it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Processor">The kind of processor that computed it.</param>
/// <param name="Job">What the scheduler calls the task that did it.</param>
internal sealed record JournalLine(string Name, string Key, double Seconds, string Processor, string Job)
{
    /// <summary>Whether it is not finished after all.</summary>
    public bool IsGone { get; init; }
}
