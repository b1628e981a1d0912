using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>Measures published numbers again on one store, each once for every seed.</summary>
internal static class KnownAnswerRun
{
    /// <summary>Measures what is not measured yet.</summary>
    /// <param name="known">The published numbers.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="seeds">How many seeds there are.</param>
    /// <param name="limit">How many images of each set are used, 0 for all.</param>
    /// <param name="folder">Where results go, and where finished measurements are found.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <returns>One check a number.</returns>
    public static IReadOnlyList<Check> Run(
        IReadOnlyList<KnownAnswer> known, ulong first, int seeds, int limit, string folder, RunContext run)
    {
        using var store = new RunStore(folder);
        // Seed by seed, so that whoever stops early has something of each.
        var steps = Enumerable.Range(0, seeds).SelectMany(at => known.Select(answer => StepOf(answer, first + (ulong)at, limit))).ToList();
        var done = new Runner(store, run) { Whole = "verify" }.Run(steps);
        RunFolder.Write(
            store.Folder, steps.ToDictionary(step => step.Name, step => (object?)done[step.Name].Json), [.. steps.Select(step => done[step.Name])]);
        return
        [
            .. known.Select(answer => Check.Of(
                answer, [.. Enumerable.Range(0, seeds).Select(at => done.Of<double>(NameOf(answer, first + (ulong)at)))])),
        ];
    }

    private static string NameOf(KnownAnswer answer, ulong seed) => $"{answer.Name}-{seed}";

    private static ComputedStep StepOf(KnownAnswer answer, ulong seed, int limit) =>
        new(
            NameOf(answer, seed), [], [Binder.Describe(answer)!.ToJsonString(), $"{limit}", $"{Painting.Painter.Version}"],
            (_, _, run) => answer.Measure(seed, limit, run))
        {
            Seed = new(seed),
        };
}
