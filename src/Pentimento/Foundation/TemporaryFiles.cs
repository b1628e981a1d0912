using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pentimento.Foundation;

/// <summary>The files and folders that stand beside a result while it is written, and what is left of them after a crash.</summary>
internal static class TemporaryFiles
{
    private const string Ending = ".part";

    // File systems allow 255 bytes; a letter is up to four, and 38 more tell the writers apart.
    private const int LongestName = 48;

    // A name tells the machine, the process, and the file among that process's.
    private const int Digits = 32;
    private const int ProcessDigits = 8;
    private static readonly string Here = HashOf(ThisMachine.Name)[..8];

    // No writer pauses so long; the clocks of two machines differ by less.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Where a path leads in the end, links followed, without a separator at its end.</summary>
    public static string Followed(string path)
    {
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return new FileInfo(whole).LinkTarget is null ? whole : File.ResolveLinkTarget(whole, returnFinalTarget: true)!.FullName;
    }

    /// <summary>A name of nobody else's beside a target, on the same file system.</summary>
    public static string NameBeside(string target) => NameBeside(target, Environment.ProcessId);

    /// <summary>The same for another process of this machine.</summary>
    internal static string NameBeside(string target, int process) =>
        Path.Combine(FolderOf(target), $"{Prefix(target)}{Here}{process:x8}{Guid.NewGuid().ToString("N")[..(Digits / 2)]}{Ending}");

    /// <summary>Deletes what writers of the same target left behind that were killed.</summary>
    public static void Sweep(string target)
    {
        var folder = FolderOf(target);
        if (!Directory.Exists(folder)) return;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos($"{Prefix(target)}*{Ending}"))
        {
            if (entry.Name.Length != Prefix(target).Length + Digits + Ending.Length) continue;
            var writer = entry.Name.AsSpan(Prefix(target).Length, Digits);
            if (!IsGone(writer) && TimeProvider.System.GetUtcNow().UtcDateTime - entry.LastWriteTimeUtc < Abandoned) continue;
            try
            {
                if (entry is DirectoryInfo left) left.Delete(recursive: true);
                else entry.Delete();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else was faster, or may and we may not.
            }
        }
    }

    /// <summary>Whether the writer is known to have ended; of another machine's that cannot be known.</summary>
    private static bool IsGone(ReadOnlySpan<char> writer) =>
        writer.StartsWith(Here, StringComparison.Ordinal)
        && int.TryParse(writer.Slice(Here.Length, ProcessDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var process)
        && !ThisMachine.Runs(process);

    private static string FolderOf(string target) => Path.GetDirectoryName(target) ?? target;

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Prefix(string target)
    {
        var name = Path.GetFileName(target);
        return $".{(name.Length <= LongestName ? name : name[..LongestName])}.";
    }
}
