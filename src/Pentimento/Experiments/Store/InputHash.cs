using System.Collections.Concurrent;
using System.Security.Cryptography;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Painting.Presets;

namespace Pentimento.Experiments.Store;

/// <summary>Hashes of what steps read: files by their content, painted sets by their name and the painter's version.</summary>
/// <remarks>A file is read once as long as its length and its time of change stay.</remarks>
internal sealed class InputHash
{
    private readonly ConcurrentDictionary<(string Path, long Length, DateTime Changed), string> known = new();

    /// <summary>The hash of the images that a reference means.</summary>
    public string Of(DataRef data)
    {
        var text = data.Text;
        var colon = text.LastIndexOf(':');
        var (place, split) = colon > 0 && text[(colon + 1)..].ToLowerInvariant() is "train" or "test" or "val"
            ? (text[..colon], text[colon..].ToLowerInvariant())
            : (text, "");
        // A set's name is told with its results, so two names of the same images are two inputs.
        if (File.Exists(place)) return $"{place}{split} {OfFile(place)}";
        if (File.Exists($"{place}.npz")) return $"{place}{split} {OfFile($"{place}.npz")}";
        if (Directory.Exists(place)) return $"{place}{split} {OfFolder(place)}";
        // A set of a preset in a folder: rebuilt/test.
        if (Path.GetDirectoryName(place) is { Length: > 0 } parent && PresetFolder.Entries(place).Count > 0) return $"{place}{split} {OfFolder(parent)}";
        return Canvas.LooksLike(place) ? $"{Canvas.Parse(place)}{split} painted {Painter.Version}" : $"{place}{split}";
    }

    /// <summary>The SHA-256 of a file's content; of a file that is not there, of its name.</summary>
    public string OfFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return $"missing {path}";
        return known.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc), _ =>
        {
            using var stream = file.OpenRead();
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
    }

    private string OfFolder(string folder) => StepKey.Of(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => (string[])[Path.GetRelativePath(folder, file), OfFile(file)]));
}
