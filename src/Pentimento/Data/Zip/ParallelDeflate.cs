using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace Pentimento.Data.Zip;

/// <summary>
/// Makes and packs the pieces of a long row of bytes on several threads, and writes them in order: the blocks of one deflate stream, the
/// same for any number of threads.
/// </summary>
/// <remarks>
/// RFC 1951. Each piece is packed alone and ends at a byte by an empty stored block (a sync flush), without the mark of the last block;
/// the caller closes the stream with <see cref="Packer.End"/>.
/// </remarks>
/// <param name="level">How hard to pack.</param>
/// <param name="threads">How many cores to use.</param>
internal sealed class ParallelDeflate(CompressionLevel level, int threads)
{
    /// <summary>Writes all pieces.</summary>
    /// <param name="pieces">What to pack.</param>
    /// <param name="packed">Where to.</param>
    /// <param name="watch">Is shown every piece before packing, in order.</param>
    public void Write(Pieces pieces, Stream packed, Action<ReadOnlyMemory<byte>> watch)
    {
        var turns = new OrderedOutput();
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

    /// <summary>One thread with its buffers.</summary>
    private sealed class Worker(Pieces pieces, CompressionLevel level) : IDisposable
    {
        private readonly byte[] bytes = new byte[pieces.LengthOf(0)];
        private readonly Packer packer = new(level);
        private ReadOnlyMemory<byte> made;
        private ReadOnlyMemory<byte> packed;

        public void Work(long piece)
        {
            var room = bytes.AsMemory(0, pieces.LengthOf(piece));
            pieces.Make(pieces.StartOf(piece), room.Span);
            (made, packed) = (room, packer.Pack(room));
        }

        public void HandOver(Stream target, Action<ReadOnlyMemory<byte>> watch)
        {
            watch(made);
            target.Write(packed.Span);
        }

        public void Dispose() => packer.Dispose();
    }
}
