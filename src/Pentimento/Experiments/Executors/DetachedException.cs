namespace Pentimento.Experiments.Executors;

/// <summary>The work goes on elsewhere, and this process need not wait for it.</summary>
/// <param name="submitted">What goes on.</param>
internal sealed class DetachedException(Detached submitted) : Exception(submitted.Sentence)
{
    /// <summary>What goes on.</summary>
    public Detached Submitted => submitted;
}

/// <summary>Work that goes on without the process that began it.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Jobs">The scheduler's numbers of the jobs.</param>
internal sealed record Detached(string Run, IReadOnlyList<string> Jobs)
{
    /// <summary>How it is followed and cancelled, in a sentence.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Sentence =>
        $"{(Jobs.Count == 1 ? "Job" : "Jobs")} {string.Join(", ", Jobs)}: the work goes on. Follow it with: pentimento attach {Run} "
        + $"Cancel it with: pentimento attach {Run} --cancel";
}
