using System.IO.Compression;

namespace Pentimento.Data.Zip;

/// <summary>Packs bytes, at one level, into deflate blocks that more may follow; keeps its buffers, so each thread has its own.</summary>
/// <param name="level">How hard to pack; <see cref="CompressionLevel.NoCompression"/> leaves bytes as they are.</param>
internal sealed class Packer(CompressionLevel level) : IDisposable
{
    private readonly RunDeflate runs = new();
    private readonly MemoryStream packed = new();

    /// <summary>An empty last block, which ends a deflate stream.</summary>
    public static ReadOnlySpan<byte> End => [3, 0];

    /// <summary>Packs bytes to blocks that end at a byte, none of them marked as the last.</summary>
    /// <returns>The packed bytes, good until the next call.</returns>
    public ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> bytes) => level switch
    {
        CompressionLevel.NoCompression => bytes,
        CompressionLevel.Fastest => runs.Pack(bytes.Span),
        CompressionLevel.SmallestSize => Deflated(bytes, 9),
        _ => Deflated(bytes, 6),
    };

    /// <inheritdoc/>
    public void Dispose() => packed.Dispose();

    private ReadOnlyMemory<byte> Deflated(ReadOnlyMemory<byte> bytes, int effort)
    {
        packed.SetLength(0);
        using var deflate = new DeflateStream(packed, new ZLibCompressionOptions { CompressionLevel = effort }, leaveOpen: true);
        deflate.Write(bytes.Span);
        deflate.Flush();
        // What closing adds is a last block, so the bytes are cut at the flush.
        return packed.GetBuffer().AsMemory(0, (int)packed.Position);
    }
}
