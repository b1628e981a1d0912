using System.IO.Compression;
using System.Text;
using Pentimento.Data.Zip;

namespace Pentimento.Tests.Data.Zip;

public sealed class ZipWriterTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    public void Another_reader_finds_every_file(CompressionLevel level)
    {
        using var stream = new MemoryStream();
        Write(stream, level, ("a.npy", "head ", "body"), ("rg_95z/ü.npy", "", "only a body"), ("empty.npy", "", ""), ("head.npy", "only a head", ""));

        using var archive = new ZipArchive(stream);

        Assert.Equal(["a.npy", "rg_95z/ü.npy", "empty.npy", "head.npy"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(["head body", "only a body", "", "only a head"], archive.Entries.Select(Text));
        Assert.Equal([9, 11, 0, 11], archive.Entries.Select(entry => entry.Length));
        if (level == CompressionLevel.NoCompression) Assert.Equal([9, 11, 0, 11], archive.Entries.Select(entry => entry.CompressedLength));
    }

    [Fact]
    public void The_checksum_is_crc_32()
    {
        using var stream = new MemoryStream();
        Write(stream, CompressionLevel.Fastest, ("a.npy", "1234", "56789"));

        using var archive = new ZipArchive(stream);

        // The check value that every description of CRC-32 gives.
        Assert.Equal(0xCBF43926, archive.Entries[0].Crc32);
    }

    [Fact]
    public void An_archive_may_lie_beyond_four_gigabytes()
    {
        using var scratch = new Scratch();
        using (var stream = File.Create(scratch.At("far.zip")))
        {
            // A file with a hole takes no room on disk; zip readers look for the directory at the end.
            stream.Position = (1L << 32) + 10;
            Write(stream, CompressionLevel.Fastest, ("a.npy", "far", " away"), ("b.npy", "", "farther"));
        }

        using var archive = ZipFile.OpenRead(scratch.At("far.zip"));

        Assert.Equal(["far away", "farther"], archive.Entries.Select(Text));
    }

    [Fact]
    public void A_file_beyond_four_gigabytes_is_described_by_zip64()
    {
        var entry = new ZipEntry("a", 1L << 33, Stored: false, Crc: 0, PackedLength: 0x0102030405, Length: 0x1112131415);

        var local = Bytes(entry.WriteLocal);
        var central = Bytes(entry.WriteCentral);

        // Both lengths are marked as elsewhere; the record says id 1, 16 bytes, length, packed length.
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 8), local[18..26]);
        Assert.Equal([1, 0, 16, 0, 0x15, 0x14, 0x13, 0x12, 0x11, 0, 0, 0, 5, 4, 3, 2, 1, 0, 0, 0], local[31..]);
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 8), central[20..28]);
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 4), central[42..46]);
        Assert.Equal([1, 0, 24, 0, 0x15, 0x14, 0x13, 0x12, 0x11, 0, 0, 0, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0], central[47..]);
    }

    [Fact]
    public void A_small_file_is_described_as_zip_always_did() => Assert.Equal(31, Bytes(new ZipEntry("a", 0, false, 0, 5, 5).WriteLocal).Length);

    private static void Write(Stream stream, CompressionLevel level, params (string Name, string Head, string Body)[] files)
    {
        using var writer = new ZipWriter(stream, level, 2);
        foreach (var (name, head, body) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            writer.Add(
                name,
                Encoding.UTF8.GetBytes(head),
                new(bytes.Length, 2, (start, piece) => bytes.AsSpan((int)start, piece.Length).CopyTo(piece)));
        }

        writer.Close();
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }
}
