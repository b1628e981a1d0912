using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Reports;
using Pentimento.Reports.Drawings;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Operations;

/// <summary>The graph of any store, a study's included.</summary>
internal static class StoredGraphs
{
    /// <summary>Builds a store's graph from its recipe.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">Threads, cache, progress and cancellation.</param>
    /// <exception cref="BadInputException">The recipe is none, or of another version.</exception>
    public static StoredGraph Read(RunStore store, RunContext run)
    {
        var context = StoredContext.Read(store);
        if (StepsRecipe.Is(StoredGraph.RecipeOf(store))) return Pages(StepsRecipe.Read(StoredGraph.RecipeOf(store)), store, context, run);
        if (!StudyRecipe.Is(StoredGraph.RecipeOf(store))) return StoredGraph.Read(store, run);
        var recipe = StudyRecipe.Read(StoredGraph.RecipeOf(store));
        var there = run with { Device = context.Device, Seed = new(recipe.Seed) };
        var steps = StudyRun.Steps(recipe, store.Folder, new(run.Cache, run.Threads), run.Threads);
        return new(steps, there, done => StudyRun.Gather([.. steps.Select(step => done[step.Name])], store.Folder));
    }

    /// <summary>A list of steps, each with its page.</summary>
    private static StoredGraph Pages(StepsRecipe recipe, RunStore store, StoredContext context, RunContext run) => new(
        recipe.Plan(StepPage.For(recipe.Steps.Count)),
        run with { Device = context.Device, Seed = new(recipe.Seed) },
        done =>
        {
            recipe.Gather(done, store.Folder);
            StepsPage.Write(new(store.Folder));
        });
}
