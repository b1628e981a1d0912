namespace Pentimento.Experiments.Executors;

/// <summary>Follows the job arrays of a store until no step is left, and submits again what was lost.</summary>
/// <param name="slurm">What the user asks of the cluster.</param>
/// <param name="order">What is to be done.</param>
/// <param name="submissions">The arrays.</param>
internal sealed class SlurmFollower(Slurm slurm, WorkOrder order, SlurmSubmissions submissions)
{
    private const string Cancelled = "CANCELLED";
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Longer than a task needs from its start to its first step.
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(60);

    private readonly LostSteps lost = new(order.Store);
    private readonly HashSet<string> avoided = [];
    private readonly List<string> jobs = [];
    private readonly long begun = TimeProvider.System.GetTimestamp();
    private HashSet<string> alive = [];
    private bool haveTasksEnded = true;
    private string memory = slurm.Memory;
    private (int Done, int Times) idle;
    private (int Done, long Since) moved = (-1, 0);

    /// <summary>Submits what is open, unless an earlier submitter did, and follows it.</summary>
    public void Complete(RunContext run)
    {
        var state = order.Look();
        if (state.IsOver) return;
        Resume(run);
        if (jobs.Count == 0) SubmitLayers(state, run);
        if (order.Detach) throw new DetachedException(new(order.Store.Folder, jobs));
        try
        {
            Follow(run);
            SlurmCommands.Withdraw(jobs);
        }
        catch (OperationCanceledException)
        {
            Say(run, new Detached(order.Store.Folder, jobs).Sentence);
            throw;
        }
    }

    private void Follow(RunContext run)
    {
        for (var state = order.Look(); !state.IsOver; state = order.Look())
        {
            // Ten thousand claims are read only when a task has ended since they were read last.
            var looks = haveTasksEnded;
            var claims = looks ? lost.Claims() : [];
            var queue = SlurmCommands.Queue([.. jobs.Concat(claims.Select(claim => SlurmTask.JobOf(claim.Owner.Job!))).Distinct()]);
            haveTasksEnded = queue is null || !alive.IsSubsetOf(queue.Keys) || queue.Count == 0;
            if (queue is not null) alive = [.. queue.Keys];
            run.Report(new(order.Name, state.Done, state.Total, Note(state, queue)));
            if (queue is not null && (looks || !haveTasksEnded)) Mend(queue, lost.Of(claims, queue), run);
            if (queue is not null) Reinforce(state, queue, run);
            run.Cancel.WaitHandle.WaitOne(Pause());
        }

        // What was lost since the last look has been done by others by now, and yet people want to know why.
        if (SlurmCommands.Queue(jobs) is { } left) Tell(lost.Of([], left), null, run);
    }

    /// <summary>Arrays that are still in the queue go on, whoever submitted them.</summary>
    private void Resume(RunContext run)
    {
        var known = SlurmSubmissions.Of(order.Store.Folder).Select(submission => submission.Job).Distinct().ToList();
        var alive = SlurmCommands.Queue(known)?.Keys.Select(SlurmTask.JobOf).ToHashSet() ?? [];
        jobs.AddRange(known.Where(alive.Contains));
        if (jobs.Count > 0) Say(run, $"Following the jobs {string.Join(", ", jobs)}, which were submitted before.");
    }

    private void Mend(IReadOnlyDictionary<string, string> queue, IReadOnlyList<LostStep> found, RunContext run)
    {
        if (found.Count > 0) SubmitAgain(found, run);
        else if (!queue.Keys.Any(task => jobs.Contains(SlurmTask.JobOf(task)))) SubmitRest(run);
    }

    /// <summary>Where every task left is at a step that lasts, and further steps are open, new tasks are submitted for these.</summary>
    private void Reinforce(WorkState state, IReadOnlyDictionary<string, string> queue, RunContext run)
    {
        if (state.Done != moved.Done) moved = (state.Done, TimeProvider.System.GetTimestamp());
        var mine = queue.Where(task => jobs.Contains(SlurmTask.JobOf(task.Key))).ToList();
        var areBusy = mine.Count > 0 && mine.All(task => task.Value == "RUNNING") && state.Ready > mine.Count;
        if (!areBusy || TimeProvider.System.GetElapsedTime(moved.Since) < Standstill) return;
        moved = (state.Done, TimeProvider.System.GetTimestamp());
        var submission = submissions.Submit(submissions.Tasks(state.Ready - mine.Count, state.Seconds), 0, null, memory, avoided);
        jobs.Add(submission.Job);
        Say(run, $"Submitted job {submission.Job}: {submission.Tasks} more for steps that nobody is at.");
    }

    /// <summary>Steps whose task ended in the midst of them go again at once, beside what is still in the queue.</summary>
    private void SubmitAgain(IReadOnlyList<LostStep> found, RunContext run)
    {
        if (found.FirstOrDefault(step => step.Times > slurm.Retries) is { } worst)
            throw new BadInputException($"The step {worst.Place} was lost {worst.Times} times; the last task {worst.Why} Its log: {worst.Log}");
        if (found.Any(step => step.End.State == Cancelled)) RefuseIfCancelled();
        if (found.Any(step => step.End.State == "OUT_OF_MEMORY")) memory = SlurmMemory.Doubled(memory);
        avoided.Clear();
        avoided.UnionWith(found.Where(step => step.IsTheNodesFault && step.End.Nodes.Length > 0).Select(step => step.End.Nodes));
        var open = found.Where(step => !step.IsDone).ToList();
        var job = open.Count > 0 ? Submit([.. open.Select(step => step.Place)], run) : null;
        Tell(found, job, run);
    }

    private static void Tell(IReadOnlyList<LostStep> found, string? job, RunContext run)
    {
        foreach (var reason in found.GroupBy(step => (step.Why, step.IsDone)))
        {
            var (count, one) = (reason.Count(), reason.Count() == 1);
            var became = reason.Key.IsDone ? $"{(one ? "was" : "were")} taken over" : $"{(one ? "goes" : "go")} again in job {job}";
            var what = $"{(one ? "A step" : $"{count} steps")} {became}";
            Say(run, $"{what}: {(one ? "its task" : "the tasks")} {reason.Key.Why} See: {reason.First().Log}");
        }
    }

    /// <summary>No task is left, and yet there are steps that could be done.</summary>
    private void SubmitRest(RunContext run)
    {
        var state = order.Look();
        if (state.IsOver) return;
        var ends = RefuseIfCancelled();
        idle = idle.Done == state.Done ? (state.Done, idle.Times + 1) : (state.Done, 1);
        var last = ends.LastOrDefault(task => task.Value.State != "COMPLETED");
        Require.That(
            idle.Times <= slurm.Retries,
            $"No task comes further: {state.Done} of {state.Total} steps are done"
                + $"{(last.Key is null ? "." : $", and the task {last.Key} {last.Value.Sentence}")}"
                + $"{WorkerLog.Reason(WorkCommand.Log(order.Store.Folder, last.Key ?? ""))} The logs: {order.Store.At("logs")}");
        jobs.Clear();
        SubmitLayers(state, run);
    }

    /// <summary>Whoever cancelled most of the tasks does not want them back.</summary>
    private Dictionary<string, TaskEnd> RefuseIfCancelled()
    {
        var ends = jobs.SelectMany(job => SlurmCommands.Ends(job)).ToDictionary(task => task.Key, task => task.Value);
        var cancelled = ends.Values.Count(end => end.State == Cancelled);
        Require.That(
            cancelled == 0 || 2 * cancelled <= ends.Count,
            $"{cancelled} of {ends.Count} tasks were cancelled. What is done is kept; go on with: pentimento attach {order.Store.Folder}");
        return ends;
    }

    private void SubmitLayers(WorkState state, RunContext run)
    {
        foreach (var submission in submissions.SubmitLayers(state, memory, avoided))
        {
            jobs.Add(submission.Job);
            Say(run, $"Submitted job {submission.Job}: {submission.Tasks} {(submission.Tasks == 1 ? "task" : "tasks")} for "
                + $"{state.Layers[submission.Layer]} steps{(submission.Layer > 0 ? " that need those before" : "")}.");
        }

        if (idle.Times == 0) Say(run, $"Logs: {order.Store.At("logs")}. Ctrl-C leaves the jobs running.");
    }

    private string Submit(IReadOnlyList<string> steps, RunContext run)
    {
        var tasks = submissions.Tasks(steps.Count, null);
        try
        {
            jobs.Add(submissions.Submit(tasks, 0, null, memory, avoided, steps).Job);
        }
        catch (BadInputException) when (avoided.Count > 0)
        {
            // Where every node has failed, none can be left out.
            avoided.Clear();
            run.Cancel.ThrowIfCancellationRequested();
            jobs.Add(submissions.Submit(tasks, 0, null, memory, avoided, steps).Job);
        }

        return jobs[^1];
    }

    private static string Note(WorkState state, IReadOnlyDictionary<string, string>? queue)
    {
        if (queue is null) return $"{state.Done} of {state.Total} done; the scheduler does not answer";
        var running = queue.Values.Count(word => word is "RUNNING" or "COMPLETING");
        return $"{state.Done} of {state.Total} done, {running} tasks running, {queue.Count - running} waiting";
    }

    /// <summary>Short at first, when much happens, and then long enough not to burden the scheduler.</summary>
    private TimeSpan Pause()
    {
        var grown = ShortestPause + (TimeProvider.System.GetElapsedTime(begun) / 60);
        return grown < LongestPause ? grown : LongestPause;
    }

    private static void Say(RunContext run, string sentence) => run.Progress.Report(new(sentence, 0, 1) { Stays = true });
}
