using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>Which of a graph's steps are done, at work, ready or waiting; shared by the workers of one process.</summary>
internal sealed class StepBoard
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationToken cancel;
    private readonly Lock gate = new();
    private readonly List<Step> open;
    private readonly Dictionary<string, long> postponed = [];
    private int working;
    private bool begun;
    private bool stopped;

    /// <summary>Takes a plan.</summary>
    /// <exception cref="BadInputException">Two steps share a name, one needs what is not there, or they wait for each other.</exception>
    public StepBoard(IReadOnlyList<Step> plan, CancellationToken cancel)
    {
        var twice = plan.GroupBy(step => step.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        Require.That(twice is null, $"Two steps are called '{twice}'.");
        var names = plan.Select(step => step.Name).ToHashSet();
        var (lost, missing) = plan.SelectMany(step => step.After.Select(name => (step.Name,
            name))).FirstOrDefault(pair => !names.Contains(pair.name));
        Require.That(missing is null, $"The step '{lost}' needs the step '{missing}'; {Names.Suggest(missing ?? "", names)}");
        CheckOrder(plan);
        (open, this.cancel) = ([.. plan], cancel);
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
                if (stopped || (open.Count == 0 && working == 0)) return null;
                var now = TimeProvider.System.GetTimestamp();
                var ready = open.Find(step => step.After.All(name => Done.Find(name) is not null) && IsDue(step, now));
                if (ready is not null)
                {
                    open.Remove(ready);
                    working++;
                    return ready;
                }

                // What waits for a step that was left out is left out too.
                if (working == 0 && postponed.Count == 0 && !open.Exists(step => step.After.All(name => Done.Find(name) is not null))) return null;
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
            postponed.Remove(step.Name);
            working--;
        }
    }

    /// <summary>Another process is at a step; it is looked at again later.</summary>
    public void Postpone(Step step)
    {
        lock (gate)
        {
            open.Add(step);
            postponed[step.Name] = TimeProvider.System.GetTimestamp();
            working--;
        }
    }

    /// <summary>A step is left out.</summary>
    public void Skip(Step step)
    {
        lock (gate)
        {
            postponed.Remove(step.Name);
            working--;
        }
    }

    /// <summary>No further step is given out.</summary>
    public void Stop()
    {
        lock (gate) stopped = true;
    }

    private bool IsDue(Step step, long now) => !postponed.TryGetValue(step.Name, out var since) || TimeProvider.System.GetElapsedTime(since,
        now) > Pause;

    private static void CheckOrder(IReadOnlyList<Step> plan)
    {
        var (left, done) = (plan.ToList(), new HashSet<string>());
        while (left.Count > 0)
        {
            var ready = left.Where(step => step.After.All(done.Contains)).ToList();
            Require.That(ready.Count > 0, $"The steps {string.Join(", ", left.Select(step => step.Name))} wait for each other.");
            left.RemoveAll(ready.Contains);
            done.UnionWith(ready.Select(step => step.Name));
        }
    }
}
