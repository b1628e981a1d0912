using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>How far a graph's steps are in a store on which others work; each look costs what was finished since the last.</summary>
internal sealed class GraphState
{
    private readonly RunStore store;
    private readonly RunContext run;
    private readonly StoreIndex index;
    private readonly StepLayers layers;
    private readonly int[] missing;
    private readonly int[] open;
    private readonly Dictionary<string, (int Step, string Key)> ready = [];
    private double seconds;
    private int done;

    /// <summary>Looks at a store for the first time.</summary>
    /// <param name="plan">The steps.</param>
    /// <param name="store">Where they are done.</param>
    /// <param name="index">What is known of the store.</param>
    /// <param name="run">The seed and device that decide the steps' keys.</param>
    public GraphState(IReadOnlyList<Step> plan, RunStore store, StoreIndex index, RunContext run)
    {
        (this.store, this.index, this.run, layers) = (store, index, run, new(plan));
        missing = [.. layers.Needs.Select(needs => needs.Length)];
        open = new int[layers.Count];
        foreach (var layer in layers.Layers) open[layer]++;
        index.Refresh();
        for (var at = 0; at < plan.Count; at++)
        {
            // Steps that need others are released by these, some of them already now.
            if (layers.Needs[at].Length == 0) Release(at);
        }
    }

    /// <summary>The finished steps.</summary>
    public StepResults Done { get; } = new();

    /// <summary>Looks again.</summary>
    public WorkState Look()
    {
        foreach (var line in index.Refresh())
        {
            if (!line.IsGone && ready.TryGetValue(StepRecord.Place(line.Name, line.Key), out var step)) Try(step.Step, step.Key);
        }

        var failed = store.Failures.All().Where(failure => failure.IsFinal && ready.ContainsKey(StepRecord.Place(failure.Name, failure.Key)))
            .DistinctBy(failure => failure.Name).ToList();
        return new(layers.Plan.Count, done, ready.Count - failed.Count, [.. open], failed, done > 0 ? seconds / done : null);
    }

    /// <summary>A step whose needs are done: it may be done already.</summary>
    private void Release(int at)
    {
        var step = layers.Plan[at];
        var key = step.KeyOf(Done, run);
        ready[StepRecord.Place(step.Name, key)] = (at, key);
        if (index.Find(step.Name, key) is not null) Try(at, key);
    }

    private void Try(int at, string key)
    {
        var name = layers.Plan[at].Name;
        if (store.Find(name, key) is not { } finished)
        {
            // Its files are not what was written: whoever comes next does it again.
            store.Discard(name, key);
            store.Journal.Retract(name, key);
            index.Forget(name, key);
            return;
        }

        ready.Remove(StepRecord.Place(name, key));
        Done.Add(finished);
        (done, seconds, open[layers.Layers[at]]) = (done + 1, seconds + finished.Record.Seconds, open[layers.Layers[at]] - 1);
        foreach (var follower in layers.Followers[at])
        {
            if (--missing[follower] == 0) Release(follower);
        }
    }
}
