using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>Measures published numbers again on one store, each once for every seed.</summary>
/// <param name="recipe">Which numbers, and with which seeds.</param>
internal sealed class ReproductionRun(VerifyRecipe recipe)
{
    private readonly IReadOnlyList<PublishedResult> known = PublishedResult.Chosen(recipe.Checks);

    /// <summary>Where they are measured.</summary>
    public Placement On { get; init; } = new();

    // Seed by seed, so that whoever stops early has something of each.
    private IEnumerable<ulong> Seeds => Enumerable.Range(0, recipe.Seeds).Select(at => recipe.First + (ulong)at);

    /// <summary>Measures what is not measured yet.</summary>
    /// <param name="folder">Where results go, and where finished measurements are found.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <returns>One check a number.</returns>
    public IReadOnlyList<Reproduction> Run(string folder, RunContext run)
    {
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), recipe.ToYaml());
        return Gather(new GraphRun(store, run) { On = On, Whole = "verify" }.Run(Steps()), store.Folder);
    }

    /// <summary>The measurements as steps.</summary>
    public IReadOnlyList<Step> Steps() => [.. Seeds.SelectMany(seed => known.Select(answer => StepOf(answer, seed)))];

    /// <summary>Puts the checks together from the finished measurements.</summary>
    public IReadOnlyList<Reproduction> Gather(StepResults done, string folder)
    {
        var steps = Steps().Select(step => done[step.Name]).ToList();
        RunFolder.Write(folder, steps.ToDictionary(step => step.Record.Name, step => (object?)step.Json), steps);
        return [.. known.Select(answer => Reproduction.Of(answer, [.. Seeds.Select(seed => done.Of<double>(NameOf(answer, seed)))]))];
    }

    private static string NameOf(PublishedResult answer, ulong seed) => $"{answer.Name}-{seed}";

    private ComputedStep StepOf(PublishedResult answer, ulong seed) =>
        new(
            NameOf(answer, seed), [], [Binder.Describe(answer)!.ToJsonString(), $"{recipe.Limit}", $"{Painting.Painter.Version}"],
            (_, _, run) => answer.Measure(seed, recipe.Limit, run))
        {
            Seed = new(seed),
        };
}
