using System.IO.Compression;
using Pentimento.Data.Zip;

namespace Pentimento.Tests.Data.Zip;

public sealed class ParallelDeflateTests
{
    public static TheoryData<long, int, CompressionLevel> Sizes =>
        new()
        {
            { 0, 7, CompressionLevel.Fastest },
            { 1, 7, CompressionLevel.Fastest },
            { 7, 7, CompressionLevel.Optimal },
            { 100, 7, CompressionLevel.Fastest },
            { 500_001, 100_000, CompressionLevel.Fastest },
            { 500_001, 100_000, CompressionLevel.Optimal },
            { 500_001, 100_000, CompressionLevel.SmallestSize },
        };

    [Theory, MemberData(nameof(Sizes))]
    public void The_pieces_join_into_one_stream(long length, int pieceLength, CompressionLevel level)
    {
        foreach (var threads in new[] { 1, 2, 7 })
        {
            using var packed = new MemoryStream();
            new ParallelDeflate(level, threads).Write(new(length, pieceLength, Fill), packed, _ => { });
            packed.Write(Packer.End);
            packed.Position = 0;
            using var unpacked = new MemoryStream();
            using (var inflate = new DeflateStream(packed, CompressionMode.Decompress)) inflate.CopyTo(unpacked);

            Assert.Equal(Enumerable.Range(0, (int)length).Select(at => Value(at)), unpacked.ToArray());
        }
    }

    [Fact]
    public void Every_piece_is_shown_whole_and_in_order()
    {
        var seen = new List<byte>();

        new ParallelDeflate(CompressionLevel.Fastest, 4).Write(new(95, 10, Fill), Stream.Null, bytes => seen.AddRange(bytes.Span));

        Assert.Equal(Enumerable.Range(0, 95).Select(at => Value(at)), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failure_is_told_as_it_is_and_nobody_waits_for_ever(int threads)
    {
        var pieces = new Pieces(1000, 10, (start, _) =>
        {
            if (start == 420) throw new BadInputException("the 42nd");
        });

        Assert.Equal(
            "the 42nd",
            Assert
                .Throws<BadInputException>(() => new ParallelDeflate(CompressionLevel.Fastest, threads).Write(pieces, Stream.Null, _ => { }))
                .Message);
    }

    [Fact]
    public void A_full_disk_is_told_as_it_is()
    {
        using var full = new MemoryStream(new byte[100]);

        Assert.Throws<NotSupportedException>(() => new ParallelDeflate(CompressionLevel.NoCompression, 3).Write(new(1000, 10, Fill), full, _ => { }));
    }

    [Fact]
    public void No_more_pieces_are_in_memory_than_there_are_threads()
    {
        var (made, handedOver, most) = (0, 0, 0);
        var gate = new Lock();
        var pieces = new Pieces(200_000, 1000, (_, _) =>
        {
            lock (gate) most = Math.Max(most, ++made - handedOver);
        });

        new ParallelDeflate(CompressionLevel.Fastest, 3).Write(pieces, Stream.Null, _ =>
        {
            lock (gate) handedOver++;
        });

        Assert.Equal((200, 200), (made, handedOver));
        Assert.InRange(most, 1, 3);
    }

    private static void Fill(long start, Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++) bytes[at] = Value(start + at);
    }

    /// <summary>Runs, and numbers that look like chance.</summary>
    private static byte Value(long at) => at / 500 % 2 == 0 ? (byte)(at / 1000) : (byte)((ulong)at * 0x9E3779B97F4A7C15 >> 56);
}
