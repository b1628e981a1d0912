using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Pentimento.Data;

/// <summary>The IDX format of MNIST and its relatives: a magic number, big-endian dimensions, bytes.</summary>
internal static class Idx
{
    private const byte UnsignedByte = 8;

    // Deflate cannot pack tighter than this, so a header that promises more than the file could hold is a lie.
    private const long TightestDeflate = 1032;

    /// <summary>Reads an IDX file, gzipped or not.</summary>
    /// <exception cref="BadInputException">It is not IDX of bytes, or is shorter or longer than its header says.</exception>
    public static IdxArray Read(string file)
    {
        using var stream = File.OpenRead(file);
        return Read(stream, file);
    }

    /// <summary>Reads IDX from a seekable stream, gzipped or not.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="hash">If given, is fed the unpacked bytes.</param>
    public static IdxArray Read(Stream stream, string name, IncrementalHash? hash = null)
    {
        Span<byte> start = stackalloc byte[2];
        Require.That(stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2, $"{name} is empty.");
        stream.Position = 0;
        var packed = start is [0x1F, 0x8B];
        var longest = packed ? stream.Length * TightestDeflate : stream.Length;
        try
        {
            using var content = packed ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
            return Read(content, name, longest, hash);
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{name} is not a whole gzip file: {failure.Message}", failure);
        }
    }

    /// <summary>Writes an IDX file of bytes, gzipped if its name ends in <c>.gz</c>.</summary>
    public static void Write(string file, IdxArray array) => SafeFile.Write(file, stream =>
    {
        if (!file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(stream, array);
            return;
        }

        using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(packed, array);
    });

    private static void Write(Stream content, IdxArray array)
    {
        Span<byte> size = stackalloc byte[4];
        content.Write([0, 0, UnsignedByte, (byte)array.Shape.Count]);
        foreach (var dimension in array.Shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            content.Write(size);
        }

        content.Write(array.Bytes);
    }

    private static IdxArray Read(Stream content, string name, long longest, IncrementalHash? hash)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(content, magic, name, hash);
        Require.That(
            magic is [0, 0, UnsignedByte, >= 1 and <= 4],
            $"{name} does not start like an IDX file of bytes (00 00 08 and 1 to 4 dimensions).");
        Span<byte> sizes = stackalloc byte[4 * magic[3]];
        Fill(content, sizes, name, hash);
        var shape = new int[magic[3]];
        var total = 1L;
        for (var at = 0; at < shape.Length; at++)
        {
            shape[at] = BinaryPrimitives.ReadInt32BigEndian(sizes[(4 * at)..]);
            Require.That(shape[at] >= 0, $"{name} has a negative dimension.");
            total *= shape[at];
            Require.That(
                total <= Math.Min(longest, Array.MaxLength),
                $"{name} promises {string.Join("x", shape)} values, more than the file can hold.");
        }

        var bytes = new byte[total];
        Fill(content, bytes, name, hash);
        Require.That(content.ReadByte() < 0, $"{name} goes on after the {total:N0} values that its header promises.");
        return new(bytes, shape);
    }

    private static void Fill(Stream content, Span<byte> bytes, string name, IncrementalHash? hash)
    {
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Require.That(read == bytes.Length, $"{name} is cut short: expected {bytes.Length:N0} more bytes, got {read:N0}.");
        hash?.AppendData(bytes);
    }
}

/// <summary>An array of bytes with its dimensions.</summary>
/// <param name="Bytes">The values, row-major.</param>
/// <param name="Shape">The dimensions.</param>
internal sealed record IdxArray(byte[] Bytes, IReadOnlyList<int> Shape);
