using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>Runs an experiment's graph on a store wherever it is to run: in this process, in several, or on a cluster.</summary>
/// <param name="store">Where finished steps are found and kept; it holds the recipe.</param>
/// <param name="run">Device, seed, progress and cancellation.</param>
internal sealed class GraphRun(RunStore store, RunContext run)
{
    /// <summary>Where the steps are worked on.</summary>
    public Placement On { get; init; } = new();

    /// <summary>How many steps are worked on at a time in this process.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time after which no further step is begun; null for none.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>What the work is called where its progress is reported as a whole; null where each step is reported by its name.</summary>
    public string? Whole { get; init; }

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="plan">The steps; names are unique, and a step's needs are among them.</param>
    /// <returns>The finished steps: all of them, unless the time ran out.</returns>
    /// <exception cref="BadInputException">The steps wait for each other, or one of them fails.</exception>
    /// <exception cref="DetachedException">The work goes on without this process.</exception>
    public StepResults Run(IReadOnlyList<Step> plan)
    {
        store.Prepare(plan.Count);
        if (On.Executor.IsInProcess) return new Runner(store, run) { Jobs = Jobs, Limit = Limit, Whole = Whole }.Run(plan);
        var there = run with { Device = On.Executor.DeviceOf(run.Device) };
        StoredContext.Write(store, there.Device);
        store.Failures.Clear();
        using var index = StoreIndex.Open(store, run.Cache);
        var state = new GraphState(plan, store, index, there);
        var order = new WorkOrder(store, state.Look)
        {
            Cache = run.Cache,
            Device = there.Device,
            Threads = On.Executor.ThreadsOf(run.Threads),
            Limit = Limit,
            Detach = On.Detach,
            Name = Whole ?? "steps",
        };
        On.Executor.Complete(order, run);
        return Finished(state, plan.Count, index);
    }

    private StepResults Finished(GraphState state, int count, StoreIndex index)
    {
        var end = state.Look();
        if (end.Failed is [var first, ..])
        {
            var others = end.Failed.Count == 1 ? "" : $", and {end.Failed.Count - 1} other steps fail, too";
            var log = first.Job is { } job ? $" The log: {WorkCommand.Log(store.Folder, job)}" : "";
            throw new BadInputException($"The step {first.Name} fails: {first.Message}{others}{log}");
        }

        Require.That(end.Done == count || Limit is not null, $"Only {end.Done} of {count} steps are done.");
        if (index.Processors() is { Count: > 1 } kinds)
            run.Progress.Report(new(
                $"Steps were computed on {kinds.Count} kinds of processors ({string.Join("; ", kinds)}): compare their numbers within a "
                    + "tolerance, not to the last bit.",
                0,
                1)
            { Stays = true });
        return state.Done;
    }
}
