using System.IO.Compression;
using System.Security.Cryptography;
using Pentimento.Data.Zip;

namespace Pentimento.Data;

/// <summary>NumPy's archive of arrays: a zip of <c>.npy</c> files.</summary>
internal static class Npz
{
    private const long TightestDeflate = 1032;

    /// <summary>Reads the named arrays, or all.</summary>
    /// <exception cref="BadInputException">The file is not a whole archive, or an array in it is malformed.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string file, params string[] names) =>
        Open(file, archive => Read(file, archive.Entries.Where(entry => names.Length == 0 || names.Contains(NameOf(entry)))));

    /// <summary>Reads the arrays whose header is as wanted; what has no header that is understood is left alone.</summary>
    /// <exception cref="BadInputException">The file is not a whole archive, or an array that is wanted is malformed.</exception>
    internal static IReadOnlyDictionary<string, NpyArray> ReadWhere(string file, Func<string, NpyHeader, bool> wanted) =>
        Open(file, archive => Read(file, archive.Entries.Where(entry => HeaderOf(entry) is { } header && wanted(NameOf(entry), header))));

    /// <summary>The names of a file's arrays.</summary>
    /// <exception cref="BadInputException">The file is not a whole archive.</exception>
    public static IReadOnlyList<string> NamesOf(string file) => Open(file, archive => (string[])[.. archive.Entries.Select(NameOf)]);

    /// <summary>Whether a file is an npz with an array of this name.</summary>
    public static bool Holds(string file, string name) => IsNpz(file) && NamesOf(file).Contains(name);

    /// <summary>Whether a file is a zip archive.</summary>
    public static bool IsNpz(string file)
    {
        try
        {
            return Open(file, archive => archive.Entries.Count >= 0);
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    /// <summary>Writes arrays so that <c>numpy.load</c> reads them; the same arrays give the same bytes, whatever the threads.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="arrays">Names and arrays, in the order of the archive.</param>
    /// <param name="level">How hard to pack: <see cref="CompressionLevel.Fastest"/> looks for runs alone,
    /// <see cref="CompressionLevel.NoCompression"/> stores.</param>
    /// <param name="threads">How many cores to use, 0 for all.</param>
    public static void Write(
        string file,
        IEnumerable<KeyValuePair<string, NpyArray>> arrays,
        CompressionLevel level = CompressionLevel.Fastest,
        int threads = 0
    ) => Write(file, level, threads, archive =>
        {
            foreach (var (name, array) in arrays) Add(archive, name, NpyPieces.Of(array));
        });

    /// <summary>Writes arrays that are made while they are written, in memory of a few pieces.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="arrays">Names and arrays, in the order of the archive.</param>
    /// <param name="level">How hard to pack: <see cref="CompressionLevel.Fastest"/> looks for runs alone,
    /// <see cref="CompressionLevel.NoCompression"/> stores.</param>
    /// <param name="threads">How many cores make and pack, 0 for all.</param>
    /// <returns>The SHA-256 of each array's values, in hexadecimal.</returns>
    public static IReadOnlyDictionary<string, string> WritePieces(
        string file,
        IEnumerable<KeyValuePair<string, NpyPieces>> arrays,
        CompressionLevel level,
        int threads)
    {
        var sums = new Dictionary<string, string>();
        Write(file, level, threads, archive =>
        {
            foreach (var (name, array) in arrays)
            {
                using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                Add(archive, name, array, sum);
                sums[name] = Convert.ToHexStringLower(sum.GetHashAndReset());
            }
        });
        return sums;
    }

    private static void Write(string file, CompressionLevel level, int threads, Action<ZipWriter> add) => SafeFile.Write(file, stream =>
    {
        using var archive = new ZipWriter(stream, level, threads > 0 ? threads : Environment.ProcessorCount);
        add(archive);
        archive.Close();
    });

    private static void Add(ZipWriter archive, string name, NpyPieces array, IncrementalHash? sum = null) =>
        archive.Add($"{name}.npy", array.Header(), array.Values, sum);

    private static string NameOf(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;

    private static T Open<T>(string file, Func<ZipArchive, T> look)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file);
            return look(archive);
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is not a whole npz (zip) file: {failure.Message}", failure);
        }
    }

    private static Dictionary<string, NpyArray> Read(string file, IEnumerable<ZipArchiveEntry> entries)
    {
        var arrays = new Dictionary<string, NpyArray>();
        foreach (var entry in entries)
            Require.That(
                arrays.TryAdd(NameOf(entry), Read(entry, $"{file}, {NameOf(entry)}")),
                $"{file} holds two arrays of the name {NameOf(entry)}.");
        return arrays;
    }

    private static NpyHeader? HeaderOf(ZipArchiveEntry entry)
    {
        try
        {
            using var content = entry.Open();
            return NpyHeader.Read(content, entry.Length, entry.FullName).Header;
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static NpyArray Read(ZipArchiveEntry entry, string name)
    {
        Require.That(
            entry.Length / TightestDeflate <= entry.CompressedLength,
            $"{name} claims {entry.Length:N0} bytes, more than its {entry.CompressedLength:N0} packed ones can hold.");
        using var content = entry.Open();
        using var watched = new CheckedStream(content);
        var array = Npy.Read(watched, entry.Length, name);
        Require.That(watched.Crc == entry.Crc32, $"{name} is damaged: its checksum is {watched.Crc:x8}, the archive promises {entry.Crc32:x8}.");
        return array;
    }
}
