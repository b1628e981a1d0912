using System.ComponentModel.DataAnnotations;
using Pentimento.Experiments;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Reports;
using Pentimento.Reports.Drawings;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Operations;

/// <summary>
/// Runs a whole experiment: paints a biased canvas, trains a network on the shortcut, proves it, repairs it, attacks both, and writes a page.
/// </summary>
/// <remarks>
/// Interrupted, it continues with the same --out. 'study' goes through the whole seed report, at full size and with a verdict on each of its claims,
/// in an hour or more. 'objects' does the same on pictures of objects whose ground gives the class away. A recipe may also be a list of steps,
/// operations by name, of which each gets the networks that others have trained. The seed is the recipe's unless --seed says another.
/// </remarks>
/// <example>
/// pentimento run
/// pentimento run recipes/quick.yaml --out runs/first
/// pentimento run --source fashion-mnist --cue background --out runs/fashion
/// pentimento run objects --out runs/objects
/// pentimento run study --out runs/study
/// </example>
[Called("run")]
internal sealed record RunRecipe : Operation<RunRecipeResult>
{
    /// <summary>A recipe's file, or the name of one that comes along.</summary>
    [Argument, Input("RECIPE")]
    public string Recipe { get; init; } = "quick";

    /// <summary>The run's folder; one that is begun is continued. By default a new one in runs/.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    /// <summary>Grey images of ten classes to paint on, instead of the recipe's: a folder of IDX files or an npz.</summary>
    [Input("PLACE", IsPrefix = true)]
    public string? Source { get; init; }

    /// <summary>Where the colour lies, instead of where the recipe says: on the stroke, in the background, or both, each with its own.</summary>
    public ColorPlacement? Cue { get; init; }

    /// <summary>Ten colours by name, in the classes' order, as YAML, instead of the recipe's.</summary>
    [Input("F.yaml")]
    public string? Palette { get; init; }

    /// <summary>Decides colours, noise and strokes of the images, instead of the recipe's; --seed decides all that comes after.</summary>
    [Range(0.0, ulong.MaxValue)]
    public ulong? PaintingSeed { get; init; }

    /// <summary>Where steps are done: local, with workers=N in as many processes, or slurm, on a cluster.</summary>
    [Incidental]
    public Executor On { get; init; } = new Local();

    /// <summary>Come back once the work is submitted to a cluster; follow it with attach.</summary>
    [Incidental]
    public bool Detach { get; init; }

    /// <summary>The seed instead of the recipe's; null for that.</summary>
    internal ulong? Seed { get; init; }

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Finished steps", "out", Out);

    /// <inheritdoc/>
    internal override Operation WithSeed(ulong seed) => this with { Seed = seed };

    /// <inheritdoc/>
    internal override Operation Prepared() => this with { Out = Path.GetFullPath(Out ?? NewRun.Folder(NameOfRecipe())) };

    /// <inheritdoc/>
    internal override void Check()
    {
        new Placement { Executor = On, Detach = Detach }.Check();
        var (networks, name) = (IsOfNetworks, NameOfRecipe());
        Require.That(
            networks || ((object?)Source ?? Palette ?? (object?)Cue ?? PaintingSeed) is null,
            $"--source, --cue, --palette and --painting-seed say how digits are painted; {name} is no run on painted digits, and what it takes its "
                + $"images from stands in its recipe.");
    }

    /// <inheritdoc/>
    internal override RunRecipeResult Run(RunContext run)
    {
        var folder = ((RunRecipe)Prepared()).Out!;
        var on = new Placement { Executor = On, Detach = Detach };
        if (Study() is { } study)
        {
            var found = StudyRun.Run(study, folder, new(run.Cache, run.Threads), run, run.Threads, on);
            return new(folder, StudyPage.Write(new(folder)), new() { Claims = [.. found.Claims.Select(entry => entry.Claim)], Lacks = found.Lacks });
        }

        if (Steps() is { } steps)
        {
            var done = steps.Run(folder, run, on: on, finished: StepPage.For(steps.Steps.Count));
            var results = steps.Steps.ToDictionary(step => step.Name, step => (object)done[step.Name].Json);
            return new(folder, StepsPage.Write(new(folder)), new() { Steps = results });
        }

        if (Objects() is { } objects)
        {
            var measured = ObjectsRun.Run(objects, folder, run, on);
            return new(folder, ObjectsPage.Write(new(folder)), new() { Objects = measured });
        }

        var both = RecipeRun.Run(Networks(), folder, run, on: on);
        return new(folder, ReportPage.Write(new(folder)), RunFindings.Of(both));
    }

    private bool IsOfNetworks => !StudyRecipe.Is(Recipe) && !StepsRecipe.Is(Recipe) && !ObjectsRecipe.Is(Recipe);

    /// <summary>What the run is called, once the recipe is known to be one.</summary>
    private string NameOfRecipe() => Study()?.Name ?? Steps()?.Name ?? Objects()?.Name ?? Networks().Name;

    /// <summary>The recipe of a study; null where it is another.</summary>
    private StudyRecipe? Study()
    {
        if (!StudyRecipe.Is(Recipe)) return null;
        var recipe = StudyRecipe.Read(Recipe);
        return recipe with { Seed = Seed ?? recipe.Seed };
    }

    /// <summary>The recipe of named operations; null where it is another.</summary>
    private StepsRecipe? Steps()
    {
        if (!StepsRecipe.Is(Recipe)) return null;
        var recipe = StepsRecipe.Read(Recipe);
        return recipe with { Seed = Seed ?? recipe.Seed };
    }

    /// <summary>The recipe of three networks on objects; null where it is another.</summary>
    private ObjectsRecipe? Objects()
    {
        if (!ObjectsRecipe.Is(Recipe)) return null;
        var recipe = ObjectsRecipe.Read(Recipe);
        return recipe with { Seed = Seed ?? recipe.Seed };
    }

    /// <summary>The recipe of two networks, one that cheats and one that is repaired.</summary>
    private Experiments.Recipe Networks()
    {
        var recipe = Experiments.Recipe.Read(Recipe);
        var painting = recipe.Painting with
        {
            Source = Source ?? recipe.Painting.Source,
            Cue = Cue ?? recipe.Painting.Cue,
            Palette = Palette ?? recipe.Painting.Palette,
            Seed = PaintingSeed ?? recipe.Painting.Seed,
        };
        return recipe with { Seed = Seed ?? recipe.Seed, Painting = painting.Rooted() };
    }
}
