namespace Pentimento.Data.Zip;

/// <summary>Lets threads work out of order and hand over in order: each waits until all before it have handed over.</summary>
/// <remarks>Nothing is queued, so memory does not grow however far ahead a thread is.</remarks>
internal sealed class OrderedOutput
{
    private readonly object gate = new();
    private long next;
    private bool over;

    /// <summary>Waits for a turn and hands over.</summary>
    /// <returns>Whether it came; it does not once anybody has given up.</returns>
    public bool Take(long turn, Action handOver)
    {
        lock (gate)
        {
            while (turn != next && !over) Monitor.Wait(gate);
            if (over) return false;
            handOver();
            next++;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Sends everybody home: a turn will never come.</summary>
    public void GiveUp()
    {
        lock (gate)
        {
            over = true;
            Monitor.PulseAll(gate);
        }
    }
}
