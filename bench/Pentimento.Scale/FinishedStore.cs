using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Scale;

/// <summary>A store of steps that are done, written as workers write it, and what it costs to know that.</summary>
internal static class FinishedStore
{
    // As many steps as a worker of a large cluster does.
    private const int StepsOfAWorker = 10_000;

    /// <summary>Writes the store into the folder for temporary files, and times those who look at it.</summary>
    public static void Measure(int steps)
    {
        ComputedStep[] plan = [.. Enumerable.Range(0, steps).Select(at => new ComputedStep($"empty-{at}", [], [$"{at}"], (_, _, _) => at))];
        var run = RunContext.OnCpu(1);
        var folder = Directory.CreateTempSubdirectory("scale-").FullName;
        try
        {
            Bookkeeping.Time("the store is written", steps, () => Write(folder, plan, run));
            using var store = new RunStore(folder);
            Bookkeeping.Time("the index, from the folders", steps, () => StoreIndex.Open(store, folder).Dispose());
            using var index = StoreIndex.Open(store, folder);
            Bookkeeping.Time("the index, opened again", steps, () => StoreIndex.Open(store, folder).Dispose());
            Bookkeeping.Time("how far the run is, with every result", steps, () =>
                Console.WriteLine($"{new GraphState(plan, store, index, run).Look().Done} done"));
            Bookkeeping.Time("a worker finds nothing to do", steps, () =>
            {
                using var worker = new RunStore(folder, job: "second");
                new StepWorker(worker, run).Work(plan);
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, ComputedStep[] plan, RunContext run)
    {
        using (var begun = new RunStore(folder)) begun.Prepare(plan.Length);
        var none = new StepResults();
        for (var first = 0; first < plan.Length; first += StepsOfAWorker)
        {
            using var store = new RunStore(folder, job: $"local-{first.ToString(CultureInfo.InvariantCulture)}");
            for (var at = first; at < Math.Min(plan.Length, first + StepsOfAWorker); at++)
            {
                var key = plan[at].KeyOf(none, run);
                var result = JsonSerializer.SerializeToUtf8Bytes(at, Json.Options);
                var sum = Convert.ToHexStringLower(SHA256.HashData(result));
                var record = new StepRecord(plan[at].Name, key, 0, sum, new Dictionary<string, string>()) { Processor = Processor.Name };
                var place = Directory.CreateDirectory(store.At(Path.Combine("steps", store.IsSharded ? key[..2] : "", $"{plan[at].Name}-{key}")));
                File.WriteAllBytes(Path.Combine(place.FullName, RunStore.ResultFile), result);
                File.WriteAllBytes(Path.Combine(place.FullName, "step.json"), JsonSerializer.SerializeToUtf8Bytes(record, Json.Options));
                store.Journal.Add(record);
            }
        }
    }
}
