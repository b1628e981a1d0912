using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>Runs a recipe on objects in a folder, and finds done what is done there.</summary>
internal static class ObjectsRun
{
    private const string Datasets = "datasets";
    private const string Networks = "networks";

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where results go, and where finished steps are found.</param>
    /// <param name="run">Device, progress and cancellation; the seed is the recipe's.</param>
    /// <param name="on">Where steps are worked on; by default in this process.</param>
    /// <exception cref="BadInputException">The recipe cannot be run.</exception>
    public static ObjectsResults Run(ObjectsRecipe recipe, string folder, RunContext run, Placement? on = null)
    {
        var steps = new ObjectsPlan(recipe).Steps();
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), recipe.ToYaml());
        var done = new GraphRun(store, run with { Seed = new(recipe.Seed) }) { On = on ?? new() }.Run(steps);
        return Gather(steps, done, store.Folder);
    }

    /// <summary>Puts the run together from its finished steps.</summary>
    public static ObjectsResults Gather(IReadOnlyList<Step> steps, StepResults done, string folder)
    {
        var results = ObjectsPlan.Gather(done, folder);
        var sections = new Dictionary<string, object?> { [Datasets] = results.Datasets, [Networks] = results.Networks };
        RunFolder.Write(folder, sections, [.. steps.Select(step => done[step.Name])]);
        return results;
    }

    /// <summary>Whether a folder holds a run of this kind.</summary>
    public static bool Holds(RunFolder folder) => File.Exists(folder.At("recipe.yaml")) && ObjectsRecipe.Is(folder.At("recipe.yaml"));

    /// <summary>The results of a finished run, from its folder alone.</summary>
    /// <exception cref="BadInputException">The run is not finished.</exception>
    public static ObjectsResults Read(RunFolder folder) =>
        new(folder.Result<IReadOnlyList<ObjectsSummary>>(Datasets), folder.Result<IReadOnlyList<ObjectsNetwork>>(Networks));
}
