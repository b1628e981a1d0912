using System.IO.Hashing;

namespace Pentimento.Data.Zip;

/// <summary>Passes bytes on and keeps their CRC-32: zip promises one for every file, and .NET's reader does not look.</summary>
/// <param name="content">Where the bytes come from.</param>
internal sealed class CheckedStream(Stream content) : Stream
{
    private readonly Crc32 crc = new();

    /// <summary>The CRC-32 of what was read so far.</summary>
    public uint Crc => crc.GetCurrentHashAsUInt32();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        // Small portions are checked while they are still in the processor's cache.
        var read = content.Read(buffer[..Math.Min(buffer.Length, 1 << 17)]);
        crc.Append(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
