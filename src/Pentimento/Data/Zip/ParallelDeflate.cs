using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace Pentimento.Data.Zip;

/// <summary>
/// Makes and packs the pieces of a long row of bytes on several threads, and writes them in order: the result is one valid deflate stream,
/// the same for any number of threads.
/// </summary>
/// <remarks>
/// RFC 1951. Each piece is packed alone and ends at a byte by an empty stored block (a sync flush), without the mark of the last block;
/// the caller closes the stream with <see cref="End"/>.
/// </remarks>
/// <param name="level">How hard to pack.</param>
/// <param name="threads">How many cores to use.</param>
internal sealed class ParallelDeflate(CompressionLevel level, int threads)
{
    /// <summary>An empty last block, which ends a deflate stream.</summary>
    public static ReadOnlySpan<byte> End => [3, 0];

    /// <summary>Writes all pieces.</summary>
    /// <param name="pieces">What to pack.</param>
    /// <param name="packed">Where to.</param>
    /// <param name="watch">Is shown every piece before packing, in order.</param>
    public void Write(Pieces pieces, Stream packed, Action<byte[], int> watch)
    {
        var turns = new Turns();
        var taken = -1L;
        try
        {
            Parallel.For(0, (int)Math.Min(threads, pieces.Count), new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                var finished = false;
                try
                {
                    using var worker = new Worker(pieces, level);
                    for (var piece = Interlocked.Increment(ref taken); piece < pieces.Count; piece = Interlocked.Increment(ref taken))
                    {
                        worker.Work(piece);
                        if (!turns.Take(piece, () => worker.HandOver(packed, watch))) break;
                    }

                    finished = true;
                }
                finally
                {
                    // Whoever waits for this thread's piece would wait for ever.
                    if (!finished) turns.GiveUp();
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    /// <summary>Packs bytes so that more may follow.</summary>
    public static void Pack(ReadOnlySpan<byte> bytes, CompressionLevel level, MemoryStream packed)
    {
        // The first bytes of what closing adds are already those of a last block, so the stream is cut at the flush.
        using var deflate = new DeflateStream(packed, Options(level), leaveOpen: true);
        deflate.Write(bytes);
        deflate.Flush();
        var whole = packed.Position;
        deflate.Dispose();
        packed.SetLength(whole);
    }

    /// <summary>
    /// Painted images hold runs of black and noise that repeats nowhere: looking for runs alone packs them quicker and, with noise, smaller
    /// than looking for repetitions.
    /// </summary>
    private static ZLibCompressionOptions Options(CompressionLevel level) => level switch
    {
        CompressionLevel.Fastest => new() { CompressionLevel = 1, CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding },
        CompressionLevel.SmallestSize => new() { CompressionLevel = 9 },
        _ => new() { CompressionLevel = 6 },
    };

    /// <summary>One thread with its buffers.</summary>
    private sealed class Worker(Pieces pieces, CompressionLevel level) : IDisposable
    {
        private readonly byte[] bytes = new byte[pieces.LengthOf(0)];
        private readonly MemoryStream packed = new();
        private int length;

        public void Work(long piece)
        {
            length = pieces.LengthOf(piece);
            pieces.Make(pieces.StartOf(piece), bytes.AsSpan(0, length));
            packed.SetLength(0);
            if (level != CompressionLevel.NoCompression) Pack(bytes.AsSpan(0, length), level, packed);
        }

        public void HandOver(Stream target, Action<byte[], int> watch)
        {
            watch(bytes, length);
            if (level == CompressionLevel.NoCompression) target.Write(bytes, 0, length);
            else packed.WriteTo(target);
        }

        public void Dispose() => packed.Dispose();
    }
}
