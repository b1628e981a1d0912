using System.Diagnostics;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;

namespace Pentimento.Cli.Speed;

/// <summary>Measures what a run store costs besides the work itself: steps that do nothing are run, and then found done.</summary>
/// <param name="folder">Where stores may be written.</param>
/// <param name="run">Progress and cancellation.</param>
internal sealed class StepsBench(string folder, RunContext run)
{
    private const int Rounds = 3;

    // Twice as many steps take twice as long where nothing is read or written anew for each.
    private static readonly int[] Counts = [500, 1000, 2000];

    /// <summary>Seconds for each number of steps, the best of some rounds.</summary>
    public IReadOnlyList<Measured> Measure()
    {
        // The first store pays for compiling the code.
        Once(Rounds, Path.Combine(folder, "warm"));
        return [.. Counts.SelectMany((count, at) =>
        {
            var rounds = Enumerable.Range(0, Rounds).Select(round =>
            {
                run.Report(new("bench steps", (at * Rounds) + round, Counts.Length * Rounds));
                return Once(count, Path.Combine(folder, $"steps-{count}-{round}"));
            }).ToList();
            return (Measured[])
            [
                new($"steps, {count} run", rounds.Min(round => round.Run), "s"),
                new($"steps, {count} found done", rounds.Min(round => round.Found), "s"),
            ];
        })];
    }

    private (double Run, double Found) Once(int count, string place)
    {
        List<Step> plan = [.. Enumerable.Range(0, count).Select(at => new ComputedStep($"step-{at}", [], [$"{at}"], (_, _, _) => at))];
        return (Seconds(plan, place), Seconds(plan, place));
    }

    private double Seconds(IReadOnlyList<Step> plan, string place)
    {
        var watch = Stopwatch.StartNew();
        using var store = new RunStore(place);
        var done = new Runner(store, run.WithoutProgress()).Run(plan);
        var finished = plan.Select(step => done[step.Name]).ToList();
        RunFolder.Write(store.Folder, finished.ToDictionary(step => step.Record.Name, step => (object?)step.Json), finished);
        return watch.Elapsed.TotalSeconds;
    }
}
