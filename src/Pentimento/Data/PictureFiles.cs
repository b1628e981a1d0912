using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Pentimento.Data;

/// <summary>Pictures in files, decoded and scaled as batches ask for them, on all cores, and ahead of who asks.</summary>
/// <remarks>
/// What fits the memory given stays decoded: of few pictures all; of many those that are asked for a second time, so that one pass over a large set
/// holds no more than two batches.
/// </remarks>
internal sealed class PictureFiles : PixelSource
{
    private readonly PictureStore store;
    private readonly int[] places;
    private byte[]? whole;

    /// <summary>Pictures of a folder.</summary>
    /// <param name="files">Their full names.</param>
    /// <param name="shape">What every one becomes.</param>
    /// <param name="crop">Whether proportions are kept and the middle is taken.</param>
    /// <param name="memory">The most bytes of decoded pictures that are kept.</param>
    /// <param name="threads">The most cores at a time, 0 for all.</param>
    public PictureFiles(IReadOnlyList<string> files, ImageShape shape, bool crop, long memory, int threads)
        : this(new(files, shape, crop, memory, threads), [.. Enumerable.Range(0, files.Count)])
    {
    }

    private PictureFiles(PictureStore store, int[] places) => (this.store, this.places) = (store, places);

    /// <summary>The full name of a picture's file.</summary>
    public override string FileOf(int place) => store.Files[places[place]];

    /// <inheritdoc/>
    public override bool IsCropped => store.Crop;

    /// <summary>Whether a picture is of the common size by itself, so that its file says all of it.</summary>
    public bool IsAsItWas(int place)
    {
        var own = PictureDecoder.ShapeOf(FileOf(place));
        return (own.Height, own.Width) == (store.Shape.Height, store.Shape.Width) && own.Channels <= store.Shape.Channels;
    }

    /// <inheritdoc/>
    public override int Count => places.Length;

    /// <inheritdoc/>
    public override bool InMemory => whole is not null;

    /// <inheritdoc/>
    public override byte[] Array
    {
        get
        {
            if (whole is not null) return whole;
            var length = Count * (long)store.Shape.Size;
            Require.That(
                length <= int.MaxValue,
                $"{Count:N0} images of {store.Shape} are {length / 1e9:0.0} GB at once, more than the 2 GB that this needs whole; take fewer with "
                    + $"--limit.");
            var pixels = new byte[length];
            Read([.. Enumerable.Range(0, Count)], pixels);
            return whole = pixels;
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Of(int place)
    {
        if (whole is not null) return whole.AsSpan(place * store.Shape.Size, store.Shape.Size);
        return store.Of(places[place]);
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> wanted, Memory<byte> target)
    {
        var size = store.Shape.Size;
        var chosen = Places(wanted);
        if (whole is null)
            ParallelLoop.For(chosen.Length, store.Threads, at => store.Of(chosen[at]).CopyTo(target.Slice(at * size, size)), default);
        else
            for (var at = 0; at < wanted.Length; at++) Of(wanted[at]).CopyTo(target.Span[(at * size)..]);
    }

    /// <inheritdoc/>
    public override void Prefetch(ReadOnlySpan<int> wanted)
    {
        if (whole is null) store.Prefetch(Places(wanted));
    }

    /// <inheritdoc/>
    public override PixelSource Pick(IReadOnlyList<int> chosen) => new PictureFiles(store, [.. chosen.Select(place => places[place])]);

    /// <inheritdoc/>
    public override void AddTo(IncrementalHash hash)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        hash.AppendData(Encoding.UTF8.GetBytes($"{store.Shape} {store.Crop}"));
        foreach (var place in places)
        {
            using var file = File.OpenRead(store.Files[place]);
            for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private int[] Places(ReadOnlySpan<int> wanted)
    {
        var chosen = new int[wanted.Length];
        for (var at = 0; at < chosen.Length; at++) chosen[at] = places[wanted[at]];
        return chosen;
    }
}
