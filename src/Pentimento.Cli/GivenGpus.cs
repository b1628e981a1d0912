namespace Pentimento.Cli;

/// <summary>The GPUs that a scheduler gave to this task.</summary>
internal static class GivenGpus
{
    // Slurm's for a job and for a step of it, and what it and other schedulers show to CUDA.
    private static readonly string[] Names = ["SLURM_STEP_GPUS", "SLURM_JOB_GPUS", "CUDA_VISIBLE_DEVICES"];

    /// <summary>What to say where GPUs were given and libtorch sees none; null where none were given.</summary>
    /// <param name="environment">Reads a variable of the process.</param>
    public static string? Unused(Func<string, string?> environment)
    {
        var given = Names.FirstOrDefault(name => environment(name) is { Length: > 0 } and not ("-1" or "NoDevFiles"));
        return given is null
            ? null
            : $"this task was given GPUs ({given}={Printable.Of(environment(given)!)}), but libtorch sees none; it computes on the CPU.";
    }
}
