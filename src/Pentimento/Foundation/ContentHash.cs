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

    /// <summary>
    /// A hash of what lies at a place: of a file its bytes, of a folder every file with its name. Null where nothing lies there.
    /// </summary>
    /// <param name="place">A file or a folder.</param>
    /// <param name="isPrefix">Whether, where nothing is called so, all files count whose names begin so.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string? OfPlace(string place, bool isPrefix, CancellationToken cancel)
    {
        if (File.Exists(place)) return OfFile(place, cancel);
        if (Directory.Exists(place)) return OfFiles(place, Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories), cancel);
        var folder = isPrefix && place.Length > 0 ? Path.GetDirectoryName(Path.GetFullPath(place)) : null;
        if (!Directory.Exists(folder)) return null;
        var name = Path.GetFileName(place);
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file).StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return OfFiles(folder, files, cancel);
    }

    private static string OfFiles(string folder, IEnumerable<string> files, CancellationToken cancel)
    {
        using var hash = new ContentHash();
        foreach (var file in files.Order(StringComparer.Ordinal)) hash.AddNamed(folder, file, cancel);
        return hash.Value();
    }

    /// <summary>Adds a file of a folder: its name within it, and its bytes.</summary>
    public void AddNamed(string folder, string file, CancellationToken cancel)
    {
        Add(Path.GetRelativePath(folder, file).Replace('\\', '/'));
        AddFile(file, cancel);
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
