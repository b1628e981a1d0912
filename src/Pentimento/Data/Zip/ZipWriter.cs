using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Pentimento.Data.Zip;

/// <summary>Writes a zip archive whose files are made, packed and written piece by piece on several threads.</summary>
/// <remarks>
/// PKWARE, "APPNOTE.TXT, .ZIP file format specification". Sizes and places beyond 32 bits get the records of zip64, others do not, for the
/// sake of simple readers. The bytes do not depend on the number of threads.
/// </remarks>
/// <param name="stream">Where the archive goes, from its position on; it can seek.</param>
/// <param name="level">How hard to pack; <see cref="CompressionLevel.NoCompression"/> stores.</param>
/// <param name="threads">How many cores to use.</param>
internal sealed class ZipWriter(Stream stream, CompressionLevel level, int threads) : IDisposable
{
    private readonly List<ZipEntry> entries = [];
    private readonly BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="body">The others.</param>
    /// <param name="digest">If given, is fed the body.</param>
    public void Add(string name, byte[] head, Pieces body, IncrementalHash? digest = null)
    {
        var entry = new ZipEntry(name, stream.Position, level == CompressionLevel.NoCompression, 0, 0, head.Length + body.Length);
        entry.WriteLocal(writer);
        var start = stream.Position;

        var crc = new Crc32();
        crc.Append(head);
        using (var packer = new Packer(level)) stream.Write(packer.Pack(head).Span);
        new ParallelDeflate(level, threads).Write(body, stream, bytes =>
        {
            crc.Append(bytes.Span);
            digest?.AppendData(bytes.Span);
        });
        if (!entry.Stored) stream.Write(Packer.End);

        entry = entry with { Crc = crc.GetCurrentHashAsUInt32(), PackedLength = stream.Position - start };
        Redescribe(entry);
        entries.Add(entry);
    }

    /// <summary>Ends the archive with its directory.</summary>
    public void Close()
    {
        var start = stream.Position;
        foreach (var entry in entries) entry.WriteCentral(writer);
        var end = stream.Position;
        if (start >= uint.MaxValue || entries.Count >= ushort.MaxValue) WriteLargeEnd(start, end);

        writer.Write("PK\u0005\u0006"u8);
        writer.Write(0);
        writer.Write((ushort)Math.Min(entries.Count, ushort.MaxValue));
        writer.Write((ushort)Math.Min(entries.Count, ushort.MaxValue));
        writer.Write((uint)(end - start));
        writer.Write((uint)Math.Min(start, uint.MaxValue));
        writer.Write((ushort)0);
        writer.Flush();
    }

    /// <summary>Lets go of the stream, which stays open.</summary>
    public void Dispose() => writer.Dispose();

    private void Redescribe(ZipEntry entry)
    {
        var end = stream.Position;
        stream.Position = entry.Offset;
        entry.WriteLocal(writer);
        stream.Position = end;
    }

    private void WriteLargeEnd(long start, long end)
    {
        writer.Write("PK\u0006\u0006"u8);
        writer.Write(44L);
        writer.Write((ushort)45);
        writer.Write((ushort)45);
        writer.Write(0L);
        writer.Write((long)entries.Count);
        writer.Write((long)entries.Count);
        writer.Write(end - start);
        writer.Write(start);

        writer.Write("PK\u0006\u0007"u8);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
    }
}
