namespace Pentimento.Experiments.Executors;

/// <summary>What the log of a worker says about its end.</summary>
internal static class WorkerLog
{
    private const string Mark = "pentimento: ";
    private const int Tail = 16_384;

    /// <summary>The last sentence of the command in a log, as the end of another sentence; a full stop where there is none.</summary>
    public static string Reason(string log)
    {
        if (!File.Exists(log)) return ".";
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = Math.Max(0, stream.Length - Tail);
        using var reader = new StreamReader(stream);
        var last = reader.ReadToEnd().Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return last is null ? "." : $": {Printable.Short(last[Mark.Length..].Trim(), 300)}";
    }
}
