using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>Follows the journals of a store: each look reads what was added since the last.</summary>
/// <param name="folder">Where journals lie.</param>
/// <param name="offsets">How far each was read, by its file's name; none at first.</param>
internal sealed class JournalReader(string folder, IDictionary<string, long> offsets)
{
    /// <summary>The lines that were added since the last look.</summary>
    public IReadOnlyList<JournalLine> Read()
    {
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. new DirectoryInfo(folder).EnumerateFiles($"*{StepJournal.Ending}")
                .Where(file => file.Length > Offset(file.Name)).SelectMany(Added),
        ];
    }

    private long Offset(string name) => offsets.TryGetValue(name, out var offset) ? offset : 0;

    /// <summary>The whole lines behind the offset; one that is being written is left for the next look.</summary>
    private List<JournalLine> Added(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var offset = Offset(file.Name);
        stream.Position = offset;
        var bytes = new byte[Math.Max(0, stream.Length - offset)];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var whole = bytes.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
        offsets[file.Name] = offset + whole;
        var lines = System.Text.Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(Parse).OfType<JournalLine>()];
    }

    /// <summary>A line; null where it is none, because its step is found by its folder, too.</summary>
    private static JournalLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, Json.Reading) is { Name: not null, Key: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
