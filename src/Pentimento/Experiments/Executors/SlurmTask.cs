using System.Text.RegularExpressions;

namespace Pentimento.Experiments.Executors;

/// <summary>The name of a task: <c>12_3</c>, and <c>12_3r1</c> after the scheduler began it again.</summary>
internal static partial class SlurmTask
{
    /// <summary>Whether a worker's name is one of Slurm's.</summary>
    public static bool Is(string? name) => name is not null && Form().IsMatch(name);

    /// <summary>The name as the queue has it.</summary>
    public static string TaskOf(string name) => name.Split('r')[0];

    /// <summary>The array's number.</summary>
    public static string JobOf(string name) => name.Split('_')[0];

    [GeneratedRegex(@"^\d+_\d+(r\d+)?$")]
    private static partial Regex Form();
}
