using Pentimento.Experiments;
using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Studies.Operations;

/// <summary>Follows a run that goes on elsewhere, whether or not its command still lives, and puts it together at the end.</summary>
/// <remarks>
/// What was lost on a cluster is submitted again, as the command that began the run would. With --status it only says how far the run is. With
/// --cancel its jobs are cancelled; finished steps are kept.
/// </remarks>
/// <example>
/// pentimento attach runs/laziest
/// pentimento attach runs/laziest --status --json
/// pentimento attach runs/laziest --cancel
/// </example>
public sealed record Attach : Operation<AttachResult>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The run's folder.</summary>
    [Argument, Form("FOLDER"), Called("run")]
    public required string Folder { get; init; }

    /// <summary>Say how far it is and come back.</summary>
    [Incidental]
    public bool Status { get; init; }

    /// <summary>Cancel its jobs.</summary>
    [Incidental]
    public bool Cancel { get; init; }

    // Keys of steps are computed, no step is: the nodes may have what this machine has not.
    internal override bool NeedsTorch => false;

    /// <inheritdoc/>
    internal override void Check() =>
        Require.That(!Status || !Cancel, $"--status and --cancel exclude each other: a cancelled run has nothing to follow.");

    /// <inheritdoc/>
    internal override AttachResult Run(RunContext run)
    {
        Require.That(Directory.Exists(Folder), $"There is no folder {Folder}.");
        using var store = new RunStore(Folder);
        var submissions = SlurmSubmissions.Of(store.Folder);
        if (Cancel)
        {
            var alive = SlurmCommands.Queue([.. submissions.Select(submission => submission.Job)]);
            Require.That(alive is not null, $"The scheduler does not answer.");
            SlurmCommands.Cancel([.. alive!.Keys.Select(SlurmTask.JobOf).Distinct()]);
        }

        var graph = StoredGraphs.Read(store, run);
        using var index = StoreIndex.Open(store, run.Cache);
        var state = new GraphState(graph.Steps, store, index, graph.Run);
        if (!Status && !Cancel) Follow(new(store, state.Look) { Cache = run.Cache, Device = graph.Run.Device }, submissions, run);
        var end = state.Look();
        var isFinished = end.Done == end.Total;
        if (isFinished && !Status) graph.Gather(state.Done);
        return new(
            store.Folder, end.Total, end.Done, isFinished,
            [.. submissions.Select(submission => submission.Job)],
            [.. store.Claims.All().Select(claim => new AttachedStep(claim.Place, claim.Owner.Machine, null, LogOf(store, claim.Owner.Job)))],
            [.. store.Failures.All().Select(failure => new AttachedStep(failure.Name, failure.Machine, failure.Message, LogOf(store, failure.Job)))]);
    }

    private static void Follow(WorkOrder order, IReadOnlyList<Submission> submissions, RunContext run)
    {
        if (submissions is [.., var last])
        {
            var slurm = (Slurm)Catalog.Read<Executor>(last.On);
            slurm.Complete(order with { Program = last.Program }, run);
            return;
        }

        for (var state = order.Look(); !state.IsOver; state = order.Look())
        {
            var workers = order.Store.Claims.All().Where(claim => !claim.Owner.IsGone).Select(claim => claim.Owner.Job).Distinct().Count();
            Require.That(
                workers > 0,
                $"Nobody works on {order.Store.Folder}: {state.Done} of {state.Total} steps are done. Go on with: "
                    + $"pentimento work {order.Store.Folder}");
            run.Report(new(order.Name, state.Done, state.Total, $"{state.Done} of {state.Total} done, {workers} at work"));
            run.Cancel.WaitHandle.WaitOne(Pause);
        }
    }

    private static string? LogOf(RunStore store, string? job) => job is null ? null : WorkCommand.Log(store.Folder, job.Split('r')[0]);
}
