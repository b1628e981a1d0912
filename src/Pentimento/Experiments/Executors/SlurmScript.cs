
namespace Pentimento.Experiments.Executors;

/// <summary>The script of a job array, and the options with which it is submitted.</summary>
/// <param name="slurm">What the user asks of the cluster.</param>
/// <param name="order">What is to be done.</param>
/// <param name="program">The program that takes <c>work</c>.</param>
internal sealed class SlurmScript(Slurm slurm, WorkOrder order, IReadOnlyList<string> program)
{
    // A task that the scheduler began again has another name than before, so that what its first life claimed is known to be lost.
    private const string Task = "\"${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}${SLURM_RESTART_COUNT:+r$SLURM_RESTART_COUNT}\"";
    private const string Threads = "\"${SLURM_CPUS_PER_TASK:-1}\"";

    /// <summary>The script.</summary>
    /// <param name="tasks">How many tasks the array has.</param>
    /// <param name="steps">The file of the only steps that it is for; null for all that are open.</param>
    public string Text(int tasks, string? steps)
    {
        const string Holder = "\u0001";
        var words = new WorkCommand(order, program)
            .Arguments($"{Holder}share", $"{Holder}task", $"{Holder}threads", Minutes(), stay: false)
            .Concat(steps is null ? [] : ["--steps", steps])
            .Select(word => word switch
            {
                $"{Holder}share" => $"\"$((SLURM_ARRAY_TASK_ID + 1))/{tasks}\"",
                $"{Holder}task" => Task,
                $"{Holder}threads" => Threads,
                _ => ShellWord.Quoted(word),
            });
        // With exec the signals of the scheduler reach the worker, which then gives its claim back.
        string[] setup = slurm.Setup.Length > 0 ? [slurm.Setup] : [];
        return string.Join('\n', (string[])["#!/bin/bash", .. setup, $"exec {string.Join(' ', words)}", ""]);
    }

    /// <summary>The options of sbatch.</summary>
    /// <param name="tasks">How many tasks the array has.</param>
    /// <param name="after">The job after whose end the array may begin; null for none.</param>
    /// <param name="memory">Memory of a task; empty for the partition's.</param>
    /// <param name="without">Nodes on which no task may run.</param>
    public IEnumerable<string> Options(int tasks, string? after, string memory, IReadOnlyCollection<string> without) =>
    [
        $"--job-name=pentimento-{Path.GetFileName(order.Store.Folder)}",
        $"--array=0-{tasks - 1}{(slurm.Parallel > 0 ? $"%{slurm.Parallel}" : "")}",
        $"--cpus-per-task={slurm.Cpus}",
        // Percent signs of the store's own path are not Slurm's.
        $"--output={order.Store.At("logs").Replace("%", "%%", StringComparison.Ordinal)}/%A_%a.log",
        "--open-mode=append",
        $"--chdir={order.Directory}",
        .. Optional("--partition", slurm.Partition),
        .. Optional("--time", slurm.Time),
        .. Optional("--gres", slurm.Gpus > 0 ? $"gpu:{slurm.Gpus}" : ""),
        .. Optional("--mem", memory),
        .. Optional("--dependency", after is null ? "" : $"afterany:{after}"),
        .. Optional("--exclude", string.Join(',', without)),
        .. slurm.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    ];

    private static string[] Optional(string option, string value) => value.Length > 0 ? [$"{option}={value}"] : [];

    private double? Minutes()
    {
        var limit = SlurmTime.Minutes(slurm.Time);
        return order.Limit is { } most ? Math.Min(most.TotalMinutes, limit ?? double.MaxValue) : limit;
    }
}
