using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Pentimento.Cli.Packed;

/// <summary>A native library as the tool package holds it: a third smaller than a zip file makes it, restored byte for byte.</summary>
/// <remarks>
/// The length (8 bytes, little-endian), the SHA-256 of the library, then one Brotli stream (RFC 7932). In the stream the targets of x86 calls and
/// jumps are absolute, as in cabinet files and with xz's filter for x86: a function that is called from a thousand places stands there as the same
/// four bytes a thousand times.
/// </remarks>
internal static class PackedLibrary
{
    private const int LengthSize = sizeof(long);
    private const int HeaderSize = LengthSize + SHA256.HashSizeInBytes;

    // A call across the end of a block stays as it is: that costs a few bytes a megabyte, and no block needs its neighbours.
    private const int BlockSize = 1 << 20;

    // Of libtorch 9 saves 1% more in twice the time, and 11, the most, takes ten minutes.
    private const int Quality = 7;

    private const byte Call = 0xE8;
    private const byte Jump = 0xE9;
    private const int TargetSize = sizeof(int);

    // Targets of 29 bits, up to 256 MB away: libtorch has hardly any further, and other bytes that look like a call seldom lead so near.
    private const int SignBits = 3;
    private const int Reach = 1 << 28;

    /// <summary>Packs a library. The build calls it, without the libraries that this project refers to: it uses the runtime's alone.</summary>
    /// <param name="library">The file to pack.</param>
    /// <param name="packed">The file to write.</param>
    public static void Pack(string library, string packed)
    {
        var bytes = File.ReadAllBytes(library);
        var header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt64LittleEndian(header, bytes.LongLength);
        SHA256.HashData(bytes, header.AsSpan(LengthSize));
        using var file = File.Create(packed);
        file.Write(header);
        using var stream = new BrotliStream(file, new BrotliCompressionOptions { Quality = Quality });
        for (var start = 0; start < bytes.Length; start += BlockSize)
        {
            var block = bytes.AsSpan(start, Math.Min(BlockSize, bytes.Length - start));
            MoveTargets(block, by: start, step: 1);
            stream.Write(block);
        }
    }

    /// <summary>The library's length in bytes, and its SHA-256, which no other library has.</summary>
    /// <exception cref="BadInputException">The file is too short.</exception>
    public static (long Length, string Hash) Describe(string packed)
    {
        using var file = File.OpenRead(packed);
        var header = new byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize) throw Damaged(packed);
        return (BinaryPrimitives.ReadInt64LittleEndian(header), Convert.ToHexStringLower(header, LengthSize, SHA256.HashSizeInBytes));
    }

    /// <summary>Restores a library, a megabyte at a time.</summary>
    /// <param name="packed">The file that <see cref="Pack"/> wrote.</param>
    /// <param name="library">Where the library is written.</param>
    /// <param name="report">Given the number of bytes that are written.</param>
    /// <exception cref="BadInputException">The file is not as it was packed; what is written is not the library.</exception>
    public static void Unpack(string packed, Stream library, Action<long> report)
    {
        var (length, hash) = Describe(packed);
        using var file = File.OpenRead(packed);
        file.Position = HeaderSize;
        using var stream = new BrotliStream(file, CompressionMode.Decompress);
        using var written = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (block, done) = (new byte[BlockSize], 0L);
        // Not beyond the length: of a damaged file nobody knows how much comes out.
        while (done <= length && Next(stream, block, packed) is > 0 and var count)
        {
            MoveTargets(block.AsSpan(0, count), by: done, step: -1);
            written.AppendData(block, 0, count);
            library.Write(block, 0, count);
            report(done += count);
        }

        if (done != length || Convert.ToHexStringLower(written.GetHashAndReset()) != hash) throw Damaged(packed);
    }

    private static int Next(BrotliStream stream, byte[] block, string packed)
    {
        try
        {
            return stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException)
        {
            throw Damaged(packed);
        }
    }

    private static BadInputException Damaged(string packed) => new($"{packed} is damaged; install the command again.");

    /// <summary>Adds their own places to the targets of calls and jumps, or takes them away again.</summary>
    /// <param name="block">Machine code, and whatever else a library holds.</param>
    /// <param name="by">The block's place in the library.</param>
    /// <param name="step">1 makes relative targets absolute, -1 absolute ones relative.</param>
    private static void MoveTargets(Span<byte> block, long by, int step)
    {
        // A target is skipped either way, moved or not, so that both ways find the same ones.
        for (var at = 0; at + TargetSize < block.Length; at++)
        {
            if (block[at] is not (Call or Jump)) continue;
            var target = block.Slice(at + 1, TargetSize);
            var value = BinaryPrimitives.ReadInt32LittleEndian(target);
            // Modulo 2^29 the way back finds the same targets in reach, and the same value.
            if (value is >= -Reach and < Reach)
                BinaryPrimitives.WriteInt32LittleEndian(target, unchecked((value + (step * (int)(by + at))) << SignBits) >> SignBits);
            at += TargetSize;
        }
    }
}
