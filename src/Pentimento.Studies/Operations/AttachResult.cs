namespace Pentimento.Studies.Operations;

/// <summary>How far a run is.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Finished">Whether all are, and the run is put together.</param>
/// <param name="Jobs">The scheduler's numbers of its jobs.</param>
/// <param name="AtWork">The steps that are worked on.</param>
/// <param name="Failures">The attempts that failed; a step among them may be done since.</param>
public sealed record AttachResult(
    string Run,
    int Steps,
    int Done,
    bool Finished,
    IReadOnlyList<string> Jobs,
    IReadOnlyList<AttachedStep> AtWork,
    IReadOnlyList<AttachedStep> Failures);

/// <summary>A step of a run.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Machine">Where it is or was worked on.</param>
/// <param name="Message">Why it failed; null where only the log says it, or it did not.</param>
/// <param name="Log">Its worker's log; null where there is none.</param>
public sealed record AttachedStep(string Step, string Machine, string? Message, string? Log);
