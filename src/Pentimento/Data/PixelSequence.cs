using System.Security.Cryptography;

namespace Pentimento.Data;

/// <summary>The images of several sources, one source after the other.</summary>
internal sealed class PixelSequence : PixelSource
{
    private readonly IReadOnlyList<PixelSource> sources;
    private readonly int size;
    private readonly int[] starts;

    /// <summary>Joins sources.</summary>
    /// <param name="sources">At least one, of images of one shape.</param>
    /// <param name="size">Values per image.</param>
    public PixelSequence(IReadOnlyList<PixelSource> sources, int size)
    {
        (this.sources, this.size, starts) = (sources, size, new int[sources.Count + 1]);
        for (var at = 0; at < sources.Count; at++) starts[at + 1] = checked(starts[at] + sources[at].Count);
    }

    /// <inheritdoc/>
    public override int Count => starts[^1];

    /// <inheritdoc/>
    public override byte[] Array => field ??= [.. sources.SelectMany(source => source.Array)];

    /// <inheritdoc/>
    public override bool InMemory => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Of(int place) => sources[SourceOf(place)].Of(place - starts[SourceOf(place)]);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> places, Memory<byte> target)
    {
        // A run of places in one source is read at once, on all cores.
        for (int at = 0, end; at < places.Length; at = end)
        {
            var source = SourceOf(places[at]);
            for (end = at + 1; end < places.Length && SourceOf(places[end]) == source;) end++;
            sources[source].Read(Within(places[at..end], source), target[(at * size)..]);
        }
    }

    /// <inheritdoc/>
    public override void Prefetch(ReadOnlySpan<int> places)
    {
        for (int at = 0, end; at < places.Length; at = end)
        {
            var source = SourceOf(places[at]);
            for (end = at + 1; end < places.Length && SourceOf(places[end]) == source;) end++;
            sources[source].Prefetch(Within(places[at..end], source));
        }
    }

    /// <inheritdoc/>
    public override PixelSource Pick(IReadOnlyList<int> places)
    {
        var parts = new List<PixelSource>();
        for (int at = 0, end; at < places.Count; at = end)
        {
            var source = SourceOf(places[at]);
            for (end = at + 1; end < places.Count && SourceOf(places[end]) == source;) end++;
            parts.Add(sources[source].Pick(Within([.. places.Skip(at).Take(end - at)], source)));
        }

        return parts.Count == 0 ? sources[0].Pick([]) : Together(parts, size);
    }

    /// <inheritdoc/>
    public override string? FileOf(int place) => sources[SourceOf(place)].FileOf(place - starts[SourceOf(place)]);

    /// <inheritdoc/>
    public override void AddTo(IncrementalHash hash)
    {
        foreach (var source in sources) source.AddTo(hash);
    }

    private int SourceOf(int place)
    {
        var found = System.Array.BinarySearch(starts, place);
        // Of empty sources and the one behind them, which begin at one place, the last has images.
        return found >= 0 ? System.Array.FindLastIndex(starts, start => start == place) : ~found - 1;
    }

    private int[] Within(ReadOnlySpan<int> places, int source)
    {
        var within = places.ToArray();
        for (var at = 0; at < within.Length; at++) within[at] -= starts[source];
        return within;
    }
}
