using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Experiments;

/// <summary>Runs a recipe of <c>run</c> in a folder, and finds done what is done there.</summary>
internal static class RecipeRun
{
    /// <summary>Runs what is not done yet.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where results go, and where finished steps are found.</param>
    /// <param name="run">Device, progress and cancellation; the seed is the recipe's.</param>
    /// <param name="jobs">How many steps are worked on at a time in this process.</param>
    /// <param name="on">Where they are worked on; by default in this process.</param>
    /// <exception cref="BadInputException">The recipe cannot be run.</exception>
    public static Results Run(Recipe recipe, string folder, RunContext run, int jobs = 1, Placement? on = null)
    {
        var steps = new RunPlan(recipe).Steps();
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), recipe.ToYaml());
        var done = new GraphRun(store, run with { Seed = new(recipe.Seed) }) { Jobs = jobs, On = on ?? new() }.Run(steps);
        return Gather(steps, done, store.Folder);
    }

    /// <summary>Puts the run together from its finished steps.</summary>
    public static Results Gather(IReadOnlyList<Step> steps, StepResults done, string folder)
    {
        var results = RunPlan.Gather(done, folder);
        RunFolder.Write(folder, Sections(results), [.. steps.Select(step => done[step.Name])]);
        return results;
    }

    /// <summary>The results of a finished run, from its folder alone.</summary>
    /// <exception cref="BadInputException">The run is not finished.</exception>
    public static Results Read(RunFolder folder)
    {
        var results = Stored(folder);
        // Names become those of figures and their files.
        foreach (var name in results.Names) RecipeFile.CheckNameOfSet(name, folder.At("results.json"));
        return results;
    }

    private static Results Stored(RunFolder folder) => new(
        folder.Result<IReadOnlyList<CanvasSummary>>("datasets"),
        folder.Result<IReadOnlyList<EpochRecord>>(Recipe.Networks[0]),
        folder.Result<ErrorSplit>("environments"),
        folder.Result<IReadOnlyList<EpochRecord>>(Recipe.Networks[1]),
        folder.Result<IReadOnlyList<NetworkEvaluation>>("evaluations"),
        folder.Result<IReadOnlyList<NetworkAudit>>("audit"),
        folder.Result<IReadOnlyList<NetworkLocalization>>("focus"),
        folder.Result<IReadOnlyList<NetworkAttack>>("attacks"))
    {
        // Older runs trained nothing beside the two.
        Beside = folder.Has("beside") ? folder.Result<IReadOnlyList<NetworkEvaluation>>("beside") : [],
    };

    private static Dictionary<string, object?> Sections(Results results) => new()
    {
        ["datasets"] = results.Datasets,
        [Recipe.Networks[0]] = results.Lazy,
        ["environments"] = results.Split,
        [Recipe.Networks[1]] = results.Repaired,
        ["evaluations"] = results.Evaluations,
        ["audit"] = results.Audit,
        ["focus"] = results.Focus,
        ["attacks"] = results.Attacks,
        ["beside"] = results.Beside,
    };
}
