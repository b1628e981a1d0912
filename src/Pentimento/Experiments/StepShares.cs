using System.Globalization;
using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>
/// The steps of one layer in as many shares as there are tasks. A share in which nothing is left to take has a mark in the store, so that whoever
/// wants to help lists one folder instead of looking at every step.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="layers">The graph.</param>
/// <param name="layer">Which layer.</param>
/// <param name="tasks">Which share is the worker's own, from 1, and how many there are.</param>
internal sealed class StepShares(RunStore store, StepLayers layers, int layer, (int Share, int Of) tasks)
{
    private readonly IReadOnlyList<int> steps = layers.Of(layer);
    private readonly string folder = store.At(string.Create(CultureInfo.InvariantCulture, $"shares/{tasks.Of}-{layer}"));

    /// <summary>The steps of the worker's own share.</summary>
    public IReadOnlyList<int> Own => Of(tasks.Share - 1);

    /// <summary>The other shares, each worker in an order of its own.</summary>
    public IReadOnlyList<int> Others =>
        new SplitMix64(new((ulong)tasks.Share)).Shuffled(Enumerable.Range(0, tasks.Of).Where(share => share != tasks.Share - 1));

    /// <summary>The steps of a share, from 0.</summary>
    public IReadOnlyList<int> Of(int share) => [.. steps.Take(Start(share + 1)).Skip(Start(share))];

    /// <summary>Says that nothing is left to take in a share.</summary>
    public void Mark(int share)
    {
        if (tasks.Of == 1) return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, share.ToString(CultureInfo.InvariantCulture)), []);
    }

    /// <summary>The other shares that have no mark.</summary>
    public IReadOnlyList<int> Unmarked()
    {
        if (tasks.Of == 1) return [];
        var marked = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).ToHashSet() : [];
        return [.. Others.Where(share => !marked.Contains(share.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>The steps of the shares that have no mark, each once, here and there.</summary>
    /// <remarks>Drawn one by one: of a million steps a worker looks at few.</remarks>
    public IEnumerable<int> Open()
    {
        var shares = Unmarked();
        var generator = new SplitMix64(new((ulong)tasks.Share));
        var (starts, total) = (new List<int>(), 0);
        foreach (var share in shares)
        {
            starts.Add(total);
            total += Start(share + 1) - Start(share);
        }

        // Fisher and Yates, of which only the exchanged places are kept.
        var moved = new Dictionary<int, int>();
        for (var left = total; left > 0; left--)
        {
            var drawn = generator.Below(left);
            var place = moved.GetValueOrDefault(drawn, drawn);
            moved[drawn] = moved.GetValueOrDefault(left - 1, left - 1);
            var found = starts.BinarySearch(place);
            var at = found >= 0 ? LastWith(starts, found) : ~found - 1;
            yield return steps[Start(shares[at]) + place - starts[at]];
        }
    }

    /// <summary>Shares without steps begin where the next begins.</summary>
    private static int LastWith(List<int> starts, int at)
    {
        while (at + 1 < starts.Count && starts[at + 1] == starts[at]) at++;
        return at;
    }

    private int Start(int share) => (int)((long)steps.Count * share / tasks.Of);
}
