using System.Collections.Concurrent;

namespace Pentimento.Data;

/// <summary>Decoded pictures: those that are kept, and those that are being made.</summary>
internal sealed class PictureStore
{
    private const long AlwaysKept = 256L << 20;
    private readonly long memory;
    private readonly bool keepsAtOnce;
    private readonly byte[]?[] kept;
    private readonly bool[] seen;
    private readonly ConcurrentDictionary<int, Lazy<byte[]>> coming = [];
    private long held;

    /// <summary>A store of no pictures yet.</summary>
    /// <param name="files">The pictures' full names.</param>
    /// <param name="shape">What every picture becomes.</param>
    /// <param name="crop">Whether proportions are kept and the middle is taken.</param>
    /// <param name="memory">The most bytes of decoded pictures that are kept.</param>
    /// <param name="threads">The most cores at a time, 0 for all.</param>
    public PictureStore(IReadOnlyList<string> files, ImageShape shape, bool crop, long memory, int threads)
    {
        (Files, Shape, Crop, this.memory, Threads) = (files, shape, crop, memory, threads);
        (kept, seen) = (new byte[]?[files.Count], new bool[files.Count]);
        keepsAtOnce = files.Count * (long)shape.Size <= Math.Min(memory, AlwaysKept);
    }

    /// <summary>The pictures' full names.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What every picture becomes.</summary>
    public ImageShape Shape { get; }

    /// <summary>Whether the middle is taken.</summary>
    public bool Crop { get; }

    /// <summary>The most cores at a time, 0 for all.</summary>
    public int Threads { get; }

    /// <summary>The pixels of a picture, uint8 (H, W, C), not to be changed; decoded now unless it is kept or coming.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public byte[] Of(int place)
    {
        if (kept[place] is { } known) return known;
        // What is coming but not begun is decoded here and now; what is begun is waited for.
        var pixels = coming.TryRemove(place, out var made) ? made.Value : Decoded(place);
        Keep(place, pixels);
        return pixels;
    }

    /// <summary>Begins to decode pictures that will be asked for, as far as memory goes.</summary>
    public void Prefetch(int[] places)
    {
        if (places.Length * (long)Shape.Size > memory) return;
        var order = Array.FindAll(places, place => kept[place] is null && coming.TryAdd(place, new(() => Decoded(place))));
        var (next, workers) = (-1, Math.Min(order.Length, Threads > 0 ? Threads : Environment.ProcessorCount));
        for (var worker = 0; worker < workers; worker++) _ = Task.Run(Work);

        // A damaged picture stops who asks for it, not who prepares it.
        void Work()
        {
            for (int at; (at = Interlocked.Increment(ref next)) < order.Length;)
                if (coming.TryGetValue(order[at], out var made)) _ = made.Value;
        }
    }

    private byte[] Decoded(int place) => ImageFile.Read(Files[place], Shape, Crop);

    private void Keep(int place, byte[] pixels)
    {
        var first = !seen[place];
        seen[place] = true;
        if ((first && !keepsAtOnce) || kept[place] is not null) return;
        if (Interlocked.Add(ref held, Shape.Size) > memory) Interlocked.Add(ref held, -Shape.Size);
        else kept[place] = pixels;
    }
}
