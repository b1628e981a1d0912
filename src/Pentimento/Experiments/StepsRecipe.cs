using System.Text.Json.Nodes;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>
/// A recipe of named operations, an experiment's graph as data. Each entry of <c>steps</c> has a <c>name</c>, an <c>operation</c> and its settings;
/// where a setting asks for a network, <c>step:NAME</c> is the one that another step leaves as <c>model.safetensors</c>.
/// </summary>
/// <param name="Name">How its runs are called.</param>
/// <param name="Seed">The seed of every step.</param>
/// <param name="Steps">The steps, in any order.</param>
internal sealed record StepsRecipe(string Name, ulong Seed, IReadOnlyList<NamedOperation> Steps)
{
    private const string Mark = "steps";
    private const ulong UsualSeed = 1;

    /// <summary>Whether a recipe is one of named operations.</summary>
    public static bool Is(string nameOrFile) => Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) is JsonObject root && root.ContainsKey(Mark);

    /// <summary>Reads a recipe's file, or the one that comes along by its name.</summary>
    /// <exception cref="BadInputException">There is none, it holds what is not known, or its steps cannot be run.</exception>
    public static StepsRecipe Read(string nameOrFile)
    {
        var file = Path.GetFileName(nameOrFile);
        var root = Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) as JsonObject ?? [];
        var unknown = root.Select(pair => pair.Key).FirstOrDefault(key => key is not ("name" or "seed" or Mark));
        Require.That(
            unknown is null,
            $"{SourceLine.Of(root[unknown ?? ""] ?? root)?.ToString() ?? file}: there is no setting '{unknown}'; "
                + $"{Names.Suggest(unknown ?? "", ["name", "seed", Mark])}");
        Require.That(root[Mark] is JsonArray { Count: > 0 }, $"{file}: {Mark} is a list of operations, each with a name; there is none.");
        var recipe = new StepsRecipe(
            root["name"]?.ToString() ?? "",
            root["seed"] is { } seed ? (ulong)Binder.Bind(seed, typeof(ulong), TreePath.Of(root, file).To("seed", seed))! : UsualSeed,
            [.. root[Mark]!.AsArray().Select((step, at) => NamedOperation.Read(step, $"{file}: {Mark}[{at}]"))]);
        RecipeFile.CheckName(recipe.Name, TreePath.Of(root, file).To("name", root["name"]).ToString());
        // Names that are there twice or not at all, and circles, are refused before any work.
        _ = new StepLayers(recipe.Plan());
        return recipe;
    }

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="folder">Where results go, and where finished steps are found.</param>
    /// <param name="run">Device, progress and cancellation; the seed is the recipe's.</param>
    /// <param name="jobs">How many steps are worked on at a time in this process.</param>
    /// <param name="on">Where they are worked on; by default in this process.</param>
    /// <param name="finished">Called with each step's job, result and folder as it is done.</param>
    public StepResults Run(
        string folder, RunContext run, int jobs = 1, Placement? on = null, Action<Operations.Operation, object, string>? finished = null)
    {
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), ToYaml());
        var done = new GraphRun(store, run with { Seed = new(Seed) }) { Jobs = jobs, On = on ?? new() }.Run(Plan(finished));
        Gather(done, store.Folder);
        return done;
    }

    /// <summary>Puts the run together from its finished steps.</summary>
    public void Gather(StepResults done, string folder)
    {
        var finished = Steps.Select(step => done[step.Name]).ToList();
        RunFolder.Write(folder, finished.ToDictionary(step => step.Record.Name, step => (object?)step.Json), finished);
    }

    /// <summary>The recipe with every default spelled out.</summary>
    public string ToYaml() => Yaml.Write(new JsonObject
    {
        ["name"] = Name,
        ["seed"] = Binder.Describe(Seed),
        [Mark] = new JsonArray([.. Steps.Select(step => step.Describe())]),
    });

    /// <summary>The graph.</summary>
    /// <param name="finished">Called with each step's job, result and folder as it is done.</param>
    public IReadOnlyList<Step> Plan(Action<Operations.Operation, object, string>? finished = null) =>
        [.. Steps.Select(step => new OperationStep(step.Name, step.Operation) { Finished = finished })];
}
