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

    // Of ten thousand workers each would read the journals of all others: more than that do without, and find by the folders what is done.
    private const int MostFollowed = 64;

    // A worker that helps lists the shares anew after so many looks in vain.
    private const int LooksAListing = 32;

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

    /// <summary>The places of the only steps that it does; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>The names of steps that fail wherever they are tried.</summary>
    public IReadOnlyCollection<string> Failed => failed;

    /// <summary>Does what is open.</summary>
    /// <param name="plan">The steps.</param>
    /// <returns>How many steps it did.</returns>
    public int Work(IReadOnlyList<Step> plan)
    {
        var layers = new StepLayers(plan);
        Follow();
        if (Only is not null) return WorkOnly(layers, Only);
        return Stays ? WorkAndWait(layers) : WorkAndLeave(layers);
    }

    private bool IsOver => TimeProvider.System.GetElapsedTime(begun) + longest > Limit;

    /// <summary>Goes round all open steps until every one is done, or can never be.</summary>
    private int WorkAndWait(StepLayers layers)
    {
        var open = new LinkedList<int>(Enumerable.Range(0, layers.Count).SelectMany(layer =>
        {
            var shares = new StepShares(store, layers, layer, Tasks);
            return shares.Own.Concat(shares.Others.SelectMany(share => shares.Of(share).Reverse()));
        }));
        var (count, pause) = (0, ShortestPause);
        while (true)
        {
            var before = open.Count;
            for (var (node, looked) = (open.First, 1); node is not null && !IsOver; looked++)
            {
                var (next, at) = (node.Next, node.Value);
                if (Try(at, layers, ref count) != Attempted.Later) open.Remove(node);
                if (looked % Breath == 0) Follow();
                node = next;
            }

            Follow();
            if (open.Count == 0 || IsOver || (open.Count == before && open.All(at => IsLost(at, layers)))) return count;
            pause = open.Count < before ? ShortestPause : pause + pause < LongestPause ? pause + pause : LongestPause;
            if (open.Count == before) run.Cancel.WaitHandle.WaitOne(pause);
        }
    }

    /// <summary>Does the own share and then some of others', layer by layer, as long as that gets on.</summary>
    private int WorkAndLeave(StepLayers layers)
    {
        var (count, before) = (0, -1);
        while (count > before && !IsOver)
        {
            before = count;
            for (var layer = 0; layer < layers.Count; layer++)
            {
                var shares = new StepShares(store, layers, layer, Tasks);
                foreach (var at in shares.Own.TakeWhile(_ => !IsOver)) Try(at, layers, ref count);
                if (!IsOver) shares.Mark(Tasks.Share - 1);
                Help(shares, layers, ref count);
                Follow();
            }
        }

        return count;
    }

    /// <summary>Does the named steps, of which each task of an array takes its part.</summary>
    private int WorkOnly(StepLayers layers, IReadOnlySet<string> only)
    {
        // A step's place is its name, a hyphen and its key, which has none.
        var names = only.Select(place => place[..place.LastIndexOf('-')]).ToHashSet();
        var named = Enumerable.Range(0, layers.Plan.Count).Where(at => names.Contains(layers.Plan[at].Name)).ToList();
        var (count, start) = (0, (int)((long)named.Count * (Tasks.Share - 1) / Tasks.Of));
        foreach (var at in named.Skip(start).Concat(named.Take(start)).TakeWhile(_ => !IsOver)) Try(at, layers, ref count);
        return count;
    }

    /// <summary>Looks here and there in the shares that are not at their end, and leaves where that finds nothing.</summary>
    private void Help(StepShares shares, StepLayers layers, ref int count)
    {
        // As many looks in vain as two shares have steps: all workers together then look a few times at each step, however many they are.
        var most = Math.Max(LooksAListing, 2 * shares.Own.Count);
        for (var progress = true; progress && !IsOver;)
        {
            progress = false;
            var misses = 0;
            foreach (var at in shares.Open())
            {
                var before = count;
                if (!IsOver) Try(at, layers, ref count);
                misses = count > before ? 0 : misses + 1;
                progress |= count > before;
                // Of what was listed some is at its end by now.
                if (misses >= most || (progress && misses == LooksAListing) || IsOver) break;
            }
        }
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

    /// <summary>Does a step unless it is done, or another is at it, or a step that it needs is not done.</summary>
    private Attempted Try(int at, StepLayers layers, ref int count)
    {
        run.Cancel.ThrowIfCancellationRequested();
        var step = layers.Plan[at];
        if (failed.Contains(step.Name)) return Attempted.Settled;
        if (!layers.Needs[at].All(need => Knows(layers.Plan[need].Name, layers))) return Attempted.Later;
        var place = StepRecord.Place(step.Name, KeyOf(step));
        // Whether its files are whole is for whoever needs them to find out.
        if (finished.Contains(place) || (!Stays && store.IsFinished(place) && finished.Add(place))) return Attempted.Settled;
        var (worked, succeeded) = (false, false);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            var result = store.Attempt(step.Name, KeyOf(step), folder =>
            {
                worked = true;
                return step.Work(done, folder, run);
            });
            succeeded = true;
            if (result is null) return Attempted.Later;
            finished.Add(place);
        }
        catch (BadInputException failure) when (worked)
        {
            succeeded = true;
            failed.Add(step.Name);
            store.Failures.Add(step.Name, KeyOf(step), failure.Message, isFinal: true);
            return Attempted.Settled;
        }
        finally
        {
            if (!succeeded && worked) store.Failures.Add(step.Name, KeyOf(step), null, isFinal: false);
        }

        if (worked) count++;
        var lasted = TimeProvider.System.GetElapsedTime(start);
        if (lasted > longest) longest = lasted;
        return Attempted.Settled;
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
        if (Tasks.Of > MostFollowed) return;
        var lines = journals.Read();
        foreach (var line in lines.Where(line => !line.IsGone)) finished.Add(StepRecord.Place(line.Name, line.Key));
        // Of a step that was done again since, the folder tells.
        foreach (var line in lines.Where(line => line.IsGone)) finished.Remove(StepRecord.Place(line.Name, line.Key));
        foreach (var failure in store.Failures.All().Where(failure => failure.IsFinal)) failed.Add(failure.Name);
    }

    private enum Attempted
    {
        /// <summary>It is done, or can never be.</summary>
        Settled,

        /// <summary>It may be looked at again.</summary>
        Later,
    }
}
