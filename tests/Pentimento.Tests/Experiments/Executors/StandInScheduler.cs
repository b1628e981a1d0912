using System.Diagnostics;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>
/// Slurm's commands as a script that starts tasks at once, on one node: for ends that a scheduler on one machine does not bring about. A task that
/// ends by itself is said to have ended as the test wants.
/// </summary>
internal sealed class StandInScheduler : IDisposable
{
    private readonly Scratch scratch = new();

    /// <summary>Writes the commands.</summary>
    /// <param name="end">How tasks end whose program fails, in Slurm's words.</param>
    public StandInScheduler(string end)
    {
        foreach (var command in (string[])["sbatch", "squeue", "sacct", "scontrol", "scancel"])
        {
            scratch.Write(command, Script.Replace("END", end, StringComparison.Ordinal));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scratch.At(command), (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>Has a store's tiny steps done, and says what the submitter printed.</summary>
    public string Submit(TinyStore tiny, string memory)
    {
        var start = new ProcessStartInfo(TinyStore.Program[0], ["submit", tiny.Store.Folder, memory]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{scratch.Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    /// <summary>The options of a job, from 1.</summary>
    public IReadOnlyList<string> OptionsOf(int job) => File.ReadAllLines(scratch.At($"{job}.options"));

    public void Dispose() => scratch.Dispose();

    private const string Script = """
        #!/bin/bash
        here=$(dirname "$0")
        case $(basename "$0") in
        sbatch)
          job=$(( $(ls "$here" | grep -c '\.options$') + 1 ))
          printf '%s\n' "$@" > "$here/$job.options"
          for word in "$@"; do
            case $word in
            --output=*) output=${word#--output=} ;;
            esac
          done
          last=$(printf '%s\n' "$@" | sed -nE 's/^--array=0-([0-9]+).*/\1/p')
          export SLURM_ARRAY_JOB_ID=$job SLURM_CPUS_PER_TASK=1
          script=${!#}
          for task in $(seq 0 "$last"); do
            name=${job}_$task
            echo RUNNING > "$here/$name.state"
            log=${output//%A/$job}; log=${log//%a/$task}
            (
              SLURM_ARRAY_TASK_ID=$task bash "$script" >> "$log" 2>&1
              code=$?
              if [ $code = 0 ]; then end=COMPLETED; else end=END; fi
              echo "$end|$code:0" > "$here/$name.state.new"
              mv "$here/$name.state.new" "$here/$name.state"
            ) > /dev/null 2>&1 < /dev/null &
          done
          echo "$job" ;;
        squeue)
          for state in $(grep -l '^RUNNING' "$here"/*.state); do echo "$(basename "$state" .state)|RUNNING"; done ;;
        sacct)
          # The words are -n -P -X -j JOB and what is asked of it.
          for state in "$here/$5"_*.state; do echo "$(basename "$state" .state)|$(cat "$state")|node1"; done | grep -v RUNNING ;;
        scontrol)
          echo "MaxArraySize = 1001" ;;
        esac
        exit 0
        """;
}
