using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>Which of a graph's steps are done, at work, ready or waiting; shared by the workers of one process.</summary>
internal sealed class StepBoard
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationToken cancel;
    private readonly Lock gate = new();
    private readonly StepLayers layers;
    private readonly int[] missing;
    private readonly PriorityQueue<int, int> ready = new();
    private readonly Queue<(int Step, long Since)> postponed = new();
    private int working;
    private bool begun;
    private bool stopped;

    /// <summary>Takes a plan.</summary>
    /// <exception cref="BadInputException">Two steps share a name, one needs what is not there, or they wait for each other.</exception>
    public StepBoard(IReadOnlyList<Step> plan, CancellationToken cancel)
    {
        (layers, this.cancel) = (new(plan), cancel);
        missing = [.. layers.Needs.Select(needs => needs.Length)];
        for (var at = 0; at < missing.Length; at++)
        {
            if (missing[at] == 0) ready.Enqueue(at, at);
        }
    }

    /// <summary>The finished steps.</summary>
    public StepResults Done { get; } = new();

    /// <summary>The next step that may be worked on, waited for if need be; null where there will be none.</summary>
    public Step? Next()
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            lock (gate)
            {
                // What waits for a step that was left out is left out too.
                if (stopped || (ready.Count == 0 && postponed.Count == 0 && working == 0)) return null;
                if (Take() is { } at)
                {
                    working++;
                    return layers.Plan[at];
                }
            }

            cancel.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>Whether no step was begun yet.</summary>
    public bool MayBeginFirst()
    {
        lock (gate) return !begun;
    }

    /// <summary>A step's work begins.</summary>
    public void Begin()
    {
        lock (gate) begun = true;
    }

    /// <summary>A step is done.</summary>
    public void Finish(Step step, FinishedStep finished)
    {
        lock (gate)
        {
            Done.Add(finished);
            working--;
            foreach (var follower in layers.Followers[layers.PlaceOf(step.Name)])
            {
                if (--missing[follower] == 0) ready.Enqueue(follower, follower);
            }
        }
    }

    /// <summary>Another process is at a step; it is looked at again later.</summary>
    public void Postpone(Step step)
    {
        lock (gate)
        {
            postponed.Enqueue((layers.PlaceOf(step.Name), TimeProvider.System.GetTimestamp()));
            working--;
        }
    }

    /// <summary>A step is left out.</summary>
    public void Skip(Step step)
    {
        lock (gate) working--;
    }

    /// <summary>No further step is given out.</summary>
    public void Stop()
    {
        lock (gate) stopped = true;
    }

    private int? Take()
    {
        if (ready.TryDequeue(out var next, out _)) return next;
        return postponed.TryPeek(out var oldest) && TimeProvider.System.GetElapsedTime(oldest.Since) > Pause ? postponed.Dequeue().Step : null;
    }
}
