using System.Security.Cryptography;

namespace Pentimento.Data;

/// <summary>Pixels in memory, the layout of the npz itself.</summary>
/// <param name="pixels">uint8 (N, H, W, C).</param>
/// <param name="size">Values per image.</param>
internal sealed class PixelArray(byte[] pixels, int size) : PixelSource
{
    /// <inheritdoc/>
    public override int Count => size == 0 ? 0 : pixels.Length / size;

    /// <inheritdoc/>
    public override byte[] Array => pixels;

    /// <inheritdoc/>
    public override bool InMemory => true;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Of(int place) => pixels.AsSpan((int)(place * (long)size), size);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> places, Memory<byte> target)
    {
        for (var at = 0; at < places.Length; at++) Of(places[at]).CopyTo(target.Span[(at * size)..]);
    }

    /// <inheritdoc/>
    public override PixelSource Pick(IReadOnlyList<int> places)
    {
        var picked = new byte[places.Count * (long)size];
        for (var at = 0; at < places.Count; at++) Of(places[at]).CopyTo(picked.AsSpan(at * size));
        return new PixelArray(picked, size);
    }

    /// <inheritdoc/>
    public override void AddTo(IncrementalHash hash) => hash.AppendData(pixels);
}
