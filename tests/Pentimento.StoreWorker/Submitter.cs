using Pentimento.Experiments;
using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;
using Pentimento.Foundation;

namespace Pentimento.StoreWorker;

/// <summary>Has tiny steps done by Slurm, whose commands are those of this process's PATH.</summary>
internal sealed class Submitter : IProgress<Progress>
{
    /// <summary>Has the steps of a store done by one task at a time.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="memory">How much memory a task asks for.</param>
    public static int Submit(string folder, string memory)
    {
        var executor = new Slurm(Array: 1, Memory: memory);
        using var store = new RunStore(folder);
        using var index = StoreIndex.Open(store, "");
        var run = RunContext.OnCpu(1) with { Progress = new Submitter() };
        var state = new GraphState(TinySteps.Plan(folder, TinySteps.Count(folder)), store, index, run);
        string[] program = [Environment.ProcessPath!];
        executor.Complete(new(store, state.Look) { Program = program, Directory = folder }, run);
        return 0;
    }

    /// <inheritdoc/>
    public void Report(Progress value)
    {
        if (value.Stays) Console.WriteLine(value.Stage);
    }
}
