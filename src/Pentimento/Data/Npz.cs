using System.IO.Compression;

namespace Pentimento.Data;

/// <summary>NumPy's archive of arrays: a zip of <c>.npy</c> files.</summary>
public static class Npz
{
    private const long TightestDeflate = 1032;

    // A fixed date keeps equal arrays equal as files.
    private static readonly DateTimeOffset Dateless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the named arrays, or all.</summary>
    /// <exception cref="BadInputException">The file is not a whole archive, or an array in it is malformed.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string file, params string[] names)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file);
            var arrays = new Dictionary<string, NpyArray>();
            foreach (var entry in archive.Entries)
            {
                var name = NameOf(entry);
                if (names.Length > 0 && !names.Contains(name)) continue;
                arrays[name] = Read(entry, $"{file}, {name}");
            }

            return arrays;
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is not a whole npz (zip) file: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Whether a file is an npz with an array of this name.</summary>
    public static bool Holds(string file, string name)
    {
        try
        {
            return Names(file).Contains(name);
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    /// <summary>The names of the arrays.</summary>
    /// <exception cref="BadInputException">The file is not a whole archive.</exception>
    public static IReadOnlyList<string> Names(string file)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file);
            return [.. archive.Entries.Select(NameOf)];
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is not a whole npz (zip) file: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Writes arrays so that <c>numpy.load</c> reads them; the same arrays give the same bytes.</summary>
    public static void Write(string file, IEnumerable<KeyValuePair<string, NpyArray>> arrays, CompressionLevel level = CompressionLevel.Fastest) =>
        SafeFile.Write(file, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in arrays)
            {
                var entry = archive.CreateEntry($"{name}.npy", level);
                entry.LastWriteTime = Dateless;
                using var content = entry.Open();
                Npy.Write(content, array);
            }
        });

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;

    private static NpyArray Read(ZipArchiveEntry entry, string name)
    {
        Require.That(entry.Length / TightestDeflate <= entry.CompressedLength, $"{name} claims {entry.Length:N0} bytes, more than its {entry.CompressedLength:N0} packed ones can hold.");
        using var content = entry.Open();
        return Npy.Read(content, entry.Length, name);
    }
}
