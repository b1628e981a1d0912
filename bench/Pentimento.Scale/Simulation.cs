using Pentimento.Foundation;

namespace Pentimento.Scale;

/// <summary>
/// Workers on one store, event by event: each takes the steps of its share from the front, then steps of others' shares from their ends. All wait at
/// one server for their operations.
/// </summary>
internal sealed class Simulation
{
    private readonly Cluster cluster;
    private readonly Design design;
    private readonly IReadOnlyList<double> times;
    private readonly PriorityQueue<int, double> events = new();
    private readonly (int Front, int Back)[] shares;
    private readonly bool[] slow;
    private readonly HashSet<int> again = [];
    private readonly List<int> unmarked = [];
    private readonly HashSet<int> marked = [];
    private SplitMix64 dice;
    private double server;
    private double operations;
    private double waiting;
    private double end;
    private double work;
    private int working;

    /// <summary>Prepares a simulation.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="design">How workers use the store.</param>
    /// <param name="times">Measured times of steps, of which each step's is drawn; only their spread matters.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    public Simulation(Cluster cluster, Design design, IReadOnlyList<double> times, Seed seed)
    {
        (this.cluster, this.design, this.times, dice) = (cluster, design, times, new(seed));
        shares = [.. Enumerable.Range(0, cluster.Nodes).Select(at => (Start(at), Start(at + 1)))];
        unmarked.AddRange(Enumerable.Range(0, cluster.Nodes));
        slow = [.. Enumerable.Range(0, cluster.Nodes).Select(_ => dice.Uniform() < cluster.SlowNodes)];
    }

    /// <summary>Simulates until every step is done.</summary>
    public Outcome Run()
    {
        for (var node = 0; node < cluster.Nodes; node++) events.Enqueue(node, (node / cluster.StartsASecond) + cluster.StartSeconds);
        while (events.TryDequeue(out var node, out var now)) Act(node, now);
        // A renewal for every so many seconds of work.
        operations += work / Design.Renewal;
        var power = slow.Sum(isSlow => isSlow ? 1 / cluster.Slowness : 1);
        return new(end, cluster.Steps * cluster.StepSeconds / (power * end), operations, waiting / (cluster.Nodes * end));
    }

    private int Start(int share) => (int)((long)cluster.Steps * share / cluster.Nodes);

    /// <summary>A worker is free: it takes a step, or leaves.</summary>
    private void Act(int node, double now)
    {
        if (again.Remove(node))
        {
            Do(node, now, 0);
            return;
        }

        var (share, looked) = Find(node);
        if (share < 0)
        {
            // Its last looks, before it leaves.
            Ask(now, looked);
            return;
        }

        if (share == node) shares[share].Front++;
        else shares[share].Back--;
        Do(node, now, looked);
    }

    /// <summary>The share of which a worker takes its next step, and how many operations the search asks for.</summary>
    private (int Share, int Looked) Find(int node)
    {
        var follows = design.FollowsAll ? Journals() / 50 : 0;
        if (shares[node].Front < shares[node].Back) return (node, follows);
        if (!design.FollowsAll)
        {
            Mark(node);
            var listing = 1 + (cluster.Nodes / Design.NamesInAnAnswer);
            var most = Math.Max(2 * Design.Misses, 2 * cluster.Steps / cluster.Nodes);
            for (var miss = 0; miss < most && unmarked.Count > 0; miss++)
            {
                var other = unmarked[dice.Below(unmarked.Count)];
                var asked = (listing * (1 + (miss / Design.Misses))) + ((miss + 1) * Design.MissOperations);
                if (dice.Uniform() * (Start(other + 1) - Start(other)) < shares[other].Back - shares[other].Front) return (other, asked);
            }

            return (-1, (listing * (1 + (most / Design.Misses))) + (most * Design.MissOperations));
        }

        // Every step that others are at lies between this worker and what is open.
        for (var at = 1; at < shares.Length; at++)
        {
            var other = (node + at) % shares.Length;
            if (shares[other].Front < shares[other].Back) return (other, Journals() + (at * Design.MissOperations));
        }

        return (-1, Journals() + (working * Design.MissOperations));
    }

    /// <summary>The worker's own share is at its end.</summary>
    private void Mark(int share)
    {
        if (!marked.Add(share)) return;
        unmarked.Remove(share);
        operations++;
    }

    /// <summary>Operations to list the journals and to read those that grew.</summary>
    private int Journals() => 1 + (cluster.Nodes / Design.NamesInAnAnswer) + cluster.Nodes;

    private void Do(int node, double now, int looked)
    {
        var ready = Ask(now, looked + design.StepOperations);
        var lasts = cluster.StepSeconds * times[dice.Below(times.Count)] * (slow[node] ? cluster.Slowness : 1);
        working++;
        if (dice.Uniform() < cluster.Failures)
        {
            var lostAt = ready + (lasts * dice.Uniform());
            work += lostAt - ready;
            Lose(node, lostAt);
            return;
        }

        work += lasts;
        working--;
        end = Math.Max(end, ready + lasts);
        events.Enqueue(node, ready + lasts);
    }

    /// <summary>A task ends in the midst of its step: once that is missed, a new task does the step again.</summary>
    private void Lose(int node, double now)
    {
        again.Add(node);
        working--;
        events.Enqueue(node, now + cluster.LossSeconds + cluster.StartSeconds);
    }

    /// <summary>Asks the server for some operations, one after the other.</summary>
    /// <returns>When the last is done.</returns>
    private double Ask(double now, int count)
    {
        operations += count;
        server = Math.Max(server, now) + (count / cluster.ServerRate);
        var done = Math.Max(server, now + (count * cluster.Latency));
        waiting += done - now;
        return done;
    }
}
