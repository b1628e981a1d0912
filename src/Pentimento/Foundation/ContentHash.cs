using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pentimento.Foundation;

/// <summary>A SHA-256 over texts and files, each with its length before it, so that no two different lists of parts hash alike.</summary>
internal sealed class ContentHash : IDisposable
{
    private const int BlockSize = 1 << 20;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The SHA-256 of one file's bytes, in lower-case hexadecimal digits.</summary>
    /// <param name="file">The file, read in blocks.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string OfFile(string file, CancellationToken cancel)
    {
        using var hash = new ContentHash();
        hash.AddBytes(file, cancel);
        return hash.Value();
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AddLength(bytes.Length);
        hash.AppendData(bytes);
    }

    /// <summary>Adds a file's bytes.</summary>
    public void AddFile(string file, CancellationToken cancel)
    {
        AddLength(new FileInfo(file).Length);
        AddBytes(file, cancel);
    }

    /// <summary>The hash of everything added, in lower-case hexadecimal digits.</summary>
    public string Value() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void AddLength(long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        hash.AppendData(bytes);
    }

    private void AddBytes(string file, CancellationToken cancel)
    {
        using var stream = File.OpenRead(file);
        var block = new byte[BlockSize];
        while (stream.Read(block) is > 0 and var count)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(block.AsSpan(0, count));
        }
    }
}
