using System.Diagnostics;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation;

namespace Pentimento.Scale;

/// <summary>What steps cost that do nothing.</summary>
internal static class Bookkeeping
{
    /// <summary>Times a run by one process, by a worker, finding all done again, and the index.</summary>
    public static void Measure(int steps)
    {
        ComputedStep[] plan = [.. Enumerable.Range(0, steps).Select(at => new ComputedStep($"empty-{at}", [], [$"{at}"], (_, _, _) => at))];
        var run = RunContext.OnCpu(1);
        var (alone, shared) = (Directory.CreateTempSubdirectory("scale-").FullName, Directory.CreateTempSubdirectory("scale-").FullName);
        try
        {
            Time("one process", steps, () =>
            {
                using var store = new RunStore(alone);
                store.Prepare(steps);
                new Runner(store, run).Run(plan);
            });
            Time("found done again", steps, () =>
            {
                using var store = new RunStore(alone);
                new Runner(store, run).Run(plan);
            });
            Time("a worker with its journal", steps, () =>
            {
                using var store = new RunStore(shared, job: "worker");
                store.Prepare(steps);
                new StepWorker(store, run).Work(plan);
            });
            Time("a second worker finds nothing to do", steps, () =>
            {
                using var store = new RunStore(shared, job: "second");
                new StepWorker(store, run).Work(plan);
            });
            using var index = new RunStore(shared);
            Time("the index, from the folders", steps, () => StoreIndex.Open(index, shared).Dispose());
            Time("the index, opened again", steps, () => StoreIndex.Open(index, shared).Dispose());
        }
        finally
        {
            Directory.Delete(alone, recursive: true);
            Directory.Delete(shared, recursive: true);
        }
    }

    internal static void Time(string what, int steps, Action work)
    {
        using var me = Process.GetCurrentProcess();
        var processor = me.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        work();
        me.Refresh();
        var spent = me.TotalProcessorTime - processor;
        var each = 1e6 * watch.Elapsed.TotalSeconds / steps;
        Console.WriteLine($"{what,-38} {watch.Elapsed.TotalSeconds,8:0.00} s, {spent.TotalSeconds,7:0.00} s of processor, {each,8:0} µs a step");
    }
}
