using System.Text.Json.Nodes;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>The graph of a store, built again from the recipe that lies in it.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Run">The context whose seed and device decide them.</param>
/// <param name="Gather">Puts the run together from the finished steps.</param>
internal sealed record StoredGraph(IReadOnlyList<Step> Steps, RunContext Run, Action<StepResults> Gather)
{
    /// <summary>The recipe of a store.</summary>
    public static string RecipeOf(RunStore store) => store.At("recipe.yaml");

    /// <summary>Reads a sweep, a list of steps, a verification, a run on objects or a run of two networks.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">Threads, cache, progress and cancellation.</param>
    /// <exception cref="BadInputException">The store's recipe is none of them, or of another version.</exception>
    public static StoredGraph Read(RunStore store, RunContext run)
    {
        var context = StoredContext.Read(store);
        var file = RecipeOf(store);
        var root = Yaml.Read(RecipeFile.Text(file), file) as JsonObject ?? [];
        var there = run with { Device = context.Device };
        if (root.ContainsKey(Sweep.Grids))
        {
            var sweep = new SweepRun(Sweep.Read(file), store.Folder, new(run.Cache, run.Threads), there);
            return new(sweep.Steps(), there, done => sweep.Gather(done, store.Folder));
        }

        if (root.ContainsKey(VerifyRecipe.Mark))
        {
            var checks = new ReproductionRun(VerifyRecipe.Read(file));
            return new(checks.Steps(), there, done => checks.Gather(done, store.Folder));
        }

        if (StepsRecipe.Is(file))
        {
            var recipe = StepsRecipe.Read(file);
            return new(recipe.Plan(), there with { Seed = new(recipe.Seed) }, done => recipe.Gather(done, store.Folder));
        }

        if (ObjectsRecipe.Is(file))
        {
            var recipe = ObjectsRecipe.Read(file);
            var graph = new ObjectsPlan(recipe).Steps();
            return new(graph, there with { Seed = new(recipe.Seed) }, done => ObjectsRun.Gather(graph, done, store.Folder));
        }

        var networks = Recipe.Read(file);
        var steps = new RunPlan(networks).Steps();
        return new(steps, there with { Seed = new(networks.Seed) }, done => RecipeRun.Gather(steps, done, store.Folder));
    }
}
