using System.Globalization;
using global::Onnx;

namespace Pentimento.Networks.Onnx;

/// <summary>Tensor values in a file beside the ONNX file.</summary>
internal static class ExternalData
{
    /// <summary>Reads a tensor's bytes.</summary>
    /// <exception cref="BadInputException">The file lies outside the folder, or is shorter than what it should hold.</exception>
    public static byte[] Read(TensorProto tensor, string file, string folder, long expected)
    {
        var entries = tensor.ExternalData.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var location = entries.GetValueOrDefault("location", "");
        var name = $"{file}, the tensor '{tensor.Name}'";
        Require.That(folder.Length > 0, $"{name} lies in another file, which is not read here.");
        var place = Path.GetFullPath(Path.Combine(folder, location));
        Require.That(
            location.Length > 0 && !Path.IsPathRooted(location) && IsInside(place, folder),
            $"{name} points to '{location}', which is outside of its folder.");
        Require.That(File.Exists(place), $"{name} lies in {location}, which is not beside it.");
        var target = File.ResolveLinkTarget(place, returnFinalTarget: true)?.FullName ?? place;
        Require.That(IsInside(target, folder), $"{name} points to '{location}', a link to a file outside of its folder.");
        using var stream = File.OpenRead(place);
        var offset = Number(entries, "offset", 0, name);
        var length = Number(entries, "length", expected, name);
        Require.That(
            length == expected && offset <= stream.Length - length,
            $"{name} needs {expected:N0} bytes; {location} has {stream.Length:N0} and is asked for {length:N0} from {offset:N0}.");
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool IsInside(string place, string folder) => place.StartsWith(
        Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static long Number(Dictionary<string, string> entries, string key, long fallback, string name)
    {
        if (!entries.TryGetValue(key, out var text)) return fallback;
        Require.That(
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number),
            $"{name} has the {key} '{text}', expected a whole number.");
        return number;
    }
}
