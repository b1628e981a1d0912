using System.Text.Json.Nodes;

namespace Pentimento.Lab.Jobs;

/// <summary>A job: an operation with its settings, and what became of it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Settings">The settings that were given, as text by name.</param>
/// <param name="State">Where it stands.</param>
internal sealed record JobRecord(int Id, string Operation, JsonObject Settings, JobState State)
{
    /// <summary>Why it failed; empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>The verdict, where the result has one; empty otherwise.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>The folder of its files, below the run's folder; null until it is done.</summary>
    public string? Folder { get; init; }
}

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>It waits for others.</summary>
    Queued,

    /// <summary>It is worked on.</summary>
    Running,

    /// <summary>Its result is there.</summary>
    Done,

    /// <summary>It cannot be done.</summary>
    Failed,

    /// <summary>Its user cancelled it; asked for again, it continues where its operation can.</summary>
    Cancelled,
}

/// <summary>A job as the screen shows it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Stage">What it is at, or empty.</param>
/// <param name="Share">How much of the stage is done, 0..1.</param>
/// <param name="Note">A figure of the work so far.</param>
/// <param name="Curves">The figures of the work so far, as they came.</param>
/// <param name="Elsewhere">The same as a command and as C#.</param>
internal sealed record JobView(
    JobRecord Job, string Stage, double Share, string Note, IReadOnlyList<JobCurve> Curves, Queries.CodeSnippet Elsewhere);
