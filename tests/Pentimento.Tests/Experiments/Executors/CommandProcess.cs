using System.Diagnostics;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>The pentimento command as a process of its own.</summary>
internal static class CommandProcess
{
    /// <summary>Where it was built, beside these tests.</summary>
    public static string Folder
    {
        get
        {
            var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return Repository.At($"src/Pentimento.Cli/bin/{parts[^2]}/{parts[^1]}");
        }
    }

    public static Process Start(IReadOnlyList<string> words)
    {
        var command = Pentimento.Experiments.Executors.Software.Command(Folder);
        var start = new ProcessStartInfo(command[0], [command[1], .. words]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
