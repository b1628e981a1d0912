using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>
/// Works on a store beside others: claims and does steps until none is left that it could do. A step that fails is said in the store, and the others
/// are still done.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="run">Device, seed, threads, progress and cancellation.</param>
internal sealed class StepWorker(RunStore store, RunContext run)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // After this many steps a worker looks at what others have done.
    private const int Breath = 50;

    private readonly StepResults done = new();
    private readonly JournalReader journals = new(store.At(StepJournal.Place), new Dictionary<string, long>());
    private readonly Dictionary<string, string> keys = [];
    private readonly HashSet<string> finished = [];
    private readonly HashSet<string> failed = [];
    private readonly long begun = TimeProvider.System.GetTimestamp();
    private TimeSpan longest;

    /// <summary>Which share of the steps it begins with, from 1, and of how many.</summary>
    public (int Share, int Of) Tasks { get; init; } = (1, 1);

    /// <summary>The time after which no step is begun that would last as long as the longest; null for none.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Whether it waits while others are at the steps that are left.</summary>
    public bool Stays { get; init; }

    /// <summary>The names of steps that fail wherever they are tried.</summary>
    public IReadOnlyCollection<string> Failed => failed;

    /// <summary>Does what is open.</summary>
    /// <param name="plan">The steps.</param>
    /// <returns>How many steps it did.</returns>
    public int Work(IReadOnlyList<Step> plan)
    {
        var layers = new StepLayers(plan);
        var open = new LinkedList<int>(Order(layers));
        var (count, pause) = (0, ShortestPause);
        while (true)
        {
            Follow();
            var before = open.Count;
            count += Pass(open, layers);
            if (open.Count == 0 || IsOver) return count;
            pause = open.Count < before ? ShortestPause : pause + pause < LongestPause ? pause + pause : LongestPause;
            if (open.Count == before && (!Stays || open.All(at => IsLost(at, layers)))) return count;
            if (open.Count == before) run.Cancel.WaitHandle.WaitOne(pause);
            run.Cancel.ThrowIfCancellationRequested();
        }
    }

    private bool IsOver => TimeProvider.System.GetElapsedTime(begun) + longest > Limit;

    /// <summary>Layer by layer; in each the own share first and then those behind it, so that workers rarely meet.</summary>
    private IEnumerable<int> Order(StepLayers layers) =>
        Enumerable.Range(0, layers.Plan.Count).GroupBy(at => layers.Layers[at]).OrderBy(layer => layer.Key).SelectMany(layer =>
        {
            var steps = layer.ToList();
            var start = (int)((long)steps.Count * (Tasks.Share - 1) / Tasks.Of);
            return steps.Skip(start).Concat(steps.Take(start));
        });

    /// <summary>Tries each open step once.</summary>
    private int Pass(LinkedList<int> open, StepLayers layers)
    {
        var (count, looked) = (0, 0);
        for (var node = open.First; node is not null && !IsOver;)
        {
            var next = node.Next;
            run.Cancel.ThrowIfCancellationRequested();
            var step = layers.Plan[node.Value];
            if (failed.Contains(step.Name) || (layers.Needs[node.Value].All(need => Knows(layers.Plan[need].Name, layers)) && Try(step, ref count)))
                open.Remove(node);
            node = next;
            if (++looked % Breath == 0) Follow();
        }

        return count;
    }

    /// <summary>Whether a step that others need is done; its result is read then.</summary>
    private bool Knows(string name, StepLayers layers)
    {
        if (done.Find(name) is not null) return true;
        var step = layers.Plan[layers.PlaceOf(name)];
        if (failed.Contains(name) || !step.After.All(need => Knows(need, layers)) || store.Find(name, KeyOf(step)) is not { } found) return false;
        done.Add(found);
        return true;
    }

    /// <summary>Does a step unless another is at it; true when it need not be looked at again.</summary>
    private bool Try(Step step, ref int count)
    {
        var key = KeyOf(step);
        if (finished.Contains(StepRecord.Place(step.Name, key))) return true;
        var (worked, succeeded) = (false, false);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            var result = store.Attempt(step.Name, key, folder =>
            {
                worked = true;
                return step.Work(done, folder, run);
            });
            succeeded = true;
            if (result is null) return false;
            finished.Add(StepRecord.Place(step.Name, key));
            if (!worked) return true;
            count++;
            var lasted = TimeProvider.System.GetElapsedTime(start);
            if (lasted > longest) longest = lasted;
            return true;
        }
        catch (BadInputException failure) when (worked)
        {
            succeeded = true;
            failed.Add(step.Name);
            store.Failures.Add(step.Name, key, failure.Message, isFinal: true);
            return true;
        }
        finally
        {
            if (!succeeded && worked) store.Failures.Add(step.Name, key, null, isFinal: false);
        }
    }

    private string KeyOf(Step step)
    {
        if (!keys.TryGetValue(step.Name, out var key)) keys[step.Name] = key = step.KeyOf(done, run);
        return key;
    }

    /// <summary>Whether a step can never be done, because one that it needs has failed.</summary>
    private bool IsLost(int at, StepLayers layers) =>
        layers.Needs[at].Any(need => failed.Contains(layers.Plan[need].Name) || IsLost(need, layers));

    private void Follow()
    {
        var lines = journals.Read();
        foreach (var line in lines.Where(line => !line.IsGone)) finished.Add(StepRecord.Place(line.Name, line.Key));
        // Of a step that was done again since, the folder tells.
        foreach (var line in lines.Where(line => line.IsGone)) finished.Remove(StepRecord.Place(line.Name, line.Key));
        foreach (var failure in store.Failures.All().Where(failure => failure.IsFinal)) failed.Add(failure.Name);
    }
}
