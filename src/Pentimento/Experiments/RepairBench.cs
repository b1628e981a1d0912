using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Experiments;

/// <summary>The robust trainings that are tried side by side, under one budget.</summary>
internal sealed record RepairBench
{
    private const string List = "methods";
    private const string Usual = "usual";

    /// <summary>How the bench is called.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>What is tried, in the order of the table.</summary>
    [Required]
    public IReadOnlyList<RepairMethod> Methods { get; init; } = [];

    /// <summary>Reads a recipe's file, or the one that comes along; <c>usual</c> holds what methods share unless they say otherwise.</summary>
    /// <exception cref="BadInputException">There is none, it holds what is not known, or two methods share a name.</exception>
    public static RepairBench Read(string nameOrFile)
    {
        var root = Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) as JsonObject;
        Require.That(root?[List] is JsonArray, $"{nameOrFile}: a bench names its methods, a list of settings.");
        var usual = root[Usual] as JsonObject ?? [];
        foreach (var method in root[List]!.AsArray().OfType<JsonObject>())
        {
            foreach (var (name, value) in usual.Where(pair => !method.ContainsKey(pair.Key))) method[name] = SourceLine.Copy(value);
        }

        root.Remove(Usual);
        var bench = (RepairBench)Binder.Bind(root, typeof(RepairBench), Path.GetFileName(nameOrFile))!;
        RecipeFile.CheckName(bench.Name, nameOrFile);
        var twice = bench.Methods.GroupBy(method => method.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        Require.That(twice is null, $"{nameOrFile}: two methods are called '{twice}'.");
        return bench;
    }

    /// <summary>The methods that may be used by someone who knows this much, and if names are given only those.</summary>
    /// <exception cref="BadInputException">A name is unknown, or its method needs more supervision.</exception>
    public IReadOnlyList<RepairMethod> Applicable(Supervision known, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var named = Methods.FirstOrDefault(method => method.Name == name);
            Require.That(named is not null, $"There is no method '{name}'; {Names.Suggest(name, Methods.Select(method => method.Name))}");
            Require.That(
                known.HasFlag(named.Needs),
                $"{name} needs {(named.Needs & ~known).Describe()}; say so with --knows, and give several sets where environments are meant.");
        }

        return
        [
            .. Methods.Where(method => names.Count == 0 ? known.HasFlag(method.Needs) && !method.OnRequest : names.Contains(method.Name)),
        ];
    }
}

/// <summary>One robust training.</summary>
internal sealed record RepairMethod
{
    /// <summary>What tables call it.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Whether it is tried only where it is asked for by its name.</summary>
    public bool OnRequest { get; init; }

    /// <summary>The options of the training. Architecture, epochs and batch size are the bench's, and where a penalty is annealed, its
    /// warm-up.</summary>
    [Inline]
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The supervision that it needs besides images and labels.</summary>
    internal Supervision Needs => Training.RequiredSupervision;

    /// <summary>One training of it.</summary>
    /// <param name="train">The sets, with commas between.</param>
    /// <param name="network">The architecture.</param>
    /// <param name="epochs">How often all images are seen.</param>
    /// <param name="batch">Images in one step.</param>
    /// <param name="warmUp">The step at which an annealed penalty begins to weigh.</param>
    /// <param name="seed">Decides weights, order and dropout.</param>
    internal Trial Trial(string train, Architecture network, int epochs, int batch, int warmUp, ulong seed) => new()
    {
        Train = train,
        Training = Training with
        {
            Network = network,
            Objective = Training.Objective is AnnealedObjective annealed ? annealed with { WarmUp = warmUp } : Training.Objective,
            Epochs = epochs,
            Batch = batch,
        },
        Seed = seed,
    };
}
