using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pentimento.Experiments.Executors;

/// <summary>The commands of Slurm.</summary>
internal static partial class SlurmCommands
{
    private const int UsualArraySize = 1001;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Submits a script.</summary>
    /// <returns>The job's number.</returns>
    /// <exception cref="BadInputException">Slurm refuses it.</exception>
    public static string Submit(string directory, IEnumerable<string> options, string script)
    {
        var (code, output, error) = Run("sbatch", ["--parsable", .. options, script], directory);
        Require.That(code == 0, $"sbatch refuses the job: {OneLine(error)}");
        // The number, and behind a semicolon the cluster.
        return output.Trim().Split('\n')[^1].Split(';')[0].Trim();
    }

    /// <summary>The tasks of jobs that are waiting or running, such as <c>12_3</c>; null where the scheduler does not answer.</summary>
    public static IReadOnlyDictionary<string, string>? Queue(IReadOnlyCollection<string> jobs)
    {
        if (jobs.Count == 0) return new Dictionary<string, string>();
        var (code, output, error) = Run("squeue", ["-h", "-r", "-o", "%i|%T", "-j", string.Join(',', jobs)]);
        // Jobs that have ended long ago are unknown, which is an answer, too.
        if (code != 0) return error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) ? new Dictionary<string, string>() : null;
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split('|')).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
    }

    /// <summary>How the tasks of a job stand or ended, by their names: from the accounting where there is any, else from the controller.</summary>
    public static IReadOnlyDictionary<string, TaskEnd> Ends(string job)
    {
        var (code, output, _) = Run("sacct", ["-n", "-P", "-X", "-j", job, "-o", "JobID,State,ExitCode,NodeList"]);
        var accounted = code == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).Where(parts => parts.Length == 4)
                .Select(parts => (Name: parts[0], End: new TaskEnd(parts[1].Split(' ')[0].TrimEnd('+'), parts[2], parts[3]))).ToList()
            : [];
        var tasks = accounted.Count > 0 ? accounted : Controlled(job);
        return tasks.GroupBy(task => task.Name).ToDictionary(group => group.Key, group => group.Last().End);
    }

    /// <summary>Cancels jobs.</summary>
    public static void Cancel(IReadOnlyCollection<string> jobs)
    {
        if (jobs.Count == 0) return;
        var (code, _, error) = Run("scancel", [.. jobs]);
        Require.That(code == 0, $"scancel fails: {OneLine(error)}");
    }

    /// <summary>Takes those tasks of jobs back that have not begun.</summary>
    public static void Withdraw(IReadOnlyCollection<string> jobs)
    {
        // What is too late or fails is no harm: a task that finds nothing to do ends at once.
        if (jobs.Count > 0) Run("scancel", ["--state=PENDING", .. jobs]);
    }

    /// <summary>The most tasks that an array of this cluster has.</summary>
    public static int LargestArray()
    {
        var (code, output, _) = Run("scontrol", ["show", "config"]);
        return code == 0 && ArraySize().Match(output) is { Success: true } match
            ? Math.Max(1, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1)
            : UsualArraySize - 1;
    }

    private static List<(string Name, TaskEnd End)> Controlled(string job)
    {
        var (code, output, _) = Run("scontrol", ["-o", "show", "job", job]);
        if (code != 0) return [];
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Fields().Matches(line).DistinctBy(match => match.Groups[1].Value)
                    .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value))
                .Where(fields => fields.ContainsKey("JobState"))
                .SelectMany(fields => Tasks(fields).Select(name => (name, new TaskEnd(
                    fields["JobState"], fields.GetValueOrDefault("ExitCode", ""), fields.GetValueOrDefault("NodeList", ""))))),
        ];
    }

    /// <summary>The names of the tasks in a line; those that never began share one, such as <c>3-5,7%4</c>.</summary>
    private static IEnumerable<string> Tasks(Dictionary<string, string> fields)
    {
        var job = fields.GetValueOrDefault("ArrayJobId") ?? fields["JobId"];
        if (!fields.TryGetValue("ArrayTaskId", out var tasks)) return [job];
        return tasks.Split('%')[0].Split(',').SelectMany(part =>
        {
            var ends = part.Split(':')[0].Split('-');
            var isRange = int.TryParse(ends[0], CultureInfo.InvariantCulture, out var first)
                & int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var last);
            return isRange
                ? Enumerable.Range(first, Math.Max(0, last - first) + 1).Select(task => $"{job}_{task}")
                : [$"{job}_{part}"];
        });
    }

    private static (int Code, string Output, string Error) Run(string command, IReadOnlyList<string> words, string? directory = null)
    {
        var start = new ProcessStartInfo(command, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (directory is not null) start.WorkingDirectory = directory;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return (-1, "", $"{command} does not answer.");
            }

            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception) when (command != "sbatch")
        {
            return (-1, "", $"There is no {command} here.");
        }
        catch (Win32Exception failure)
        {
            throw new BadInputException("There is no sbatch here: --on slurm is for a machine from which jobs are submitted to Slurm.", failure);
        }
    }

    private static string OneLine(string text) => Printable.Short(text.Trim().ReplaceLineEndings(" "), 300);

    [GeneratedRegex(@"MaxArraySize\s*=\s*(\d+)")]
    private static partial Regex ArraySize();

    [GeneratedRegex(@"(\w+)=(\S*)")]
    private static partial Regex Fields();
}

/// <summary>How a task stands or ended.</summary>
/// <param name="State">Slurm's word: <c>COMPLETED</c>, <c>TIMEOUT</c>.</param>
/// <param name="ExitCode">Its exit code and signal.</param>
/// <param name="Nodes">Where it ran.</param>
internal sealed record TaskEnd(string State, string ExitCode, string Nodes)
{
    /// <summary>What happened, as people read it.</summary>
    public string Sentence => State switch
    {
        "COMPLETED" => "ended before the step was done",
        "TIMEOUT" => "reached its time limit",
        "OUT_OF_MEMORY" => "ran out of memory",
        "PREEMPTED" => "was preempted",
        "NODE_FAIL" or "BOOT_FAIL" => $"lost its node {Nodes}",
        "CANCELLED" => "was cancelled",
        "DEADLINE" => "missed its deadline",
        _ => $"failed with exit code {ExitCode} on {Nodes}",
    };
}
