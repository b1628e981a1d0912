using Pentimento.Experiments.Store;

namespace Pentimento.Experiments.Executors;

/// <summary>Steps whose task ended in the midst of them.</summary>
/// <param name="store">The store.</param>
internal sealed class LostSteps(RunStore store)
{
    private readonly Dictionary<string, int> times = [];
    private readonly HashSet<(string Place, string? Job)> known = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, TaskEnd>> ends = [];

    /// <summary>The claims of tasks.</summary>
    public IReadOnlyList<(string Place, ClaimOwner Owner)> Claims() => [.. store.Claims.All().Where(claim => SlurmTask.Is(claim.Owner.Job))];

    /// <summary>Finds those that were lost since the last look, and takes their claims back.</summary>
    /// <param name="claims">Claims, looked at before the queue: whose task is not in the queue any more has lost its step.</param>
    /// <param name="queue">The tasks in the queue.</param>
    public IReadOnlyList<LostStep> Of(IReadOnlyList<(string Place, ClaimOwner Owner)> claims, IReadOnlyDictionary<string, string> queue)
    {
        bool HasEnded(string? job) => SlurmTask.Is(job) && !queue.ContainsKey(SlurmTask.TaskOf(job!));
        var orphans = claims.Where(claim => HasEnded(claim.Owner.Job)).Select(claim => (claim.Place, Job: claim.Owner.Job!));
        var failed = store.Failures.All().Where(failure => !failure.IsFinal && HasEnded(failure.Job))
            .Select(failure => (Place: StepRecord.Place(failure.Name, failure.Key), Job: failure.Job!));
        ends.Clear();
        return [.. orphans.Concat(failed).Distinct().Where(lost => known.Add(lost)).Select(lost => Take(lost.Place, lost.Job))];
    }

    private LostStep Take(string step, string job)
    {
        store.Claims.TryTake(step, owner => owner.Job == job)?.Dispose();
        times[step] = times.GetValueOrDefault(step) + 1;
        return new(step, times[step], EndOf(job), WorkCommand.Log(store.Folder, SlurmTask.TaskOf(job))) { IsDone = store.IsFinished(step) };
    }

    private TaskEnd EndOf(string job)
    {
        var number = SlurmTask.JobOf(job);
        if (!ends.TryGetValue(number, out var known)) ends[number] = known = SlurmCommands.Ends(number);
        return known.GetValueOrDefault(SlurmTask.TaskOf(job)) ?? new("UNKNOWN", "?", "an unknown node");
    }
}

/// <summary>A step whose task ended in the midst of it.</summary>
/// <param name="Place">Where it lies among the steps.</param>
/// <param name="Times">How often that has happened to it.</param>
/// <param name="End">How the task ended.</param>
/// <param name="Log">The task's log.</param>
internal sealed record LostStep(string Place, int Times, TaskEnd End, string Log)
{
    /// <summary>Whether another task has done it since.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether the node is to be avoided: the task failed there by itself.</summary>
    public bool IsTheNodesFault => End.State == "FAILED";

    /// <summary>What happened, with the worker's own last words where it had some.</summary>
    public string Why => IsTheNodesFault ? $"{End.Sentence}{WorkerLog.Reason(Log)}" : $"{End.Sentence}.";
}
