using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;

namespace Pentimento.Studies.Parts;

/// <summary>The seed report as data: what is painted, who is trained, and how much is looked at.</summary>
internal sealed record StudyRecipe
{
    private const string Mark = "networks";

    /// <summary>How its runs are called.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Decides whatever is drawn at random outside of trainings.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many images of each set are used, 0 for all; overrides what the sweeps say.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>The canvas that the shortcut is learned from.</summary>
    public string Train { get; init; } = "rg_95z";

    /// <summary>The same digits with the colours of each pair swapped.</summary>
    public string Reversed { get; init; } = "gr_95z";

    /// <summary>The reversed canvas with some noise and strokes.</summary>
    public string Medium { get; init; } = "gr_95m";

    /// <summary>The reversed canvas with more noise and strokes: the report's hard test set.</summary>
    public string Hard { get; init; } = "gr_95h";

    /// <summary>The canvas without colours.</summary>
    public string Grey { get; init; } = "bw_100z";

    /// <summary>The canvas whose colours say nothing of the digit, for probing.</summary>
    public string Unbiased { get; init; } = "un_0z";

    /// <summary>The canvases that are shown.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = ["rg_95z", "gr_95z"];

    /// <summary>The sweep that hunts for the network that cheats worst.</summary>
    public string Hunt { get; init; } = "laziest";

    /// <summary>The sweep that blurs first layers and pools by channel.</summary>
    public string Smudging { get; init; } = "smudging";

    /// <summary>The networks that all later chapters look at.</summary>
    [Required]
    public IReadOnlyList<StudyNetwork> Networks { get; init; } = [];

    /// <summary>How many test images are probed, explained and recoloured.</summary>
    [Range(10, 1_000_000)]
    public int Looked { get; init; } = 2000;

    /// <summary>How many test images Carlini and Wagner's attack, which searches for each image, and DeepFool are given.</summary>
    [Range(10, 1_000_000)]
    public int Searched { get; init; } = 100;

    /// <summary>How many test images are attacked.</summary>
    [Range(10, 1_000_000)]
    public int Attacked { get; init; } = 500;

    /// <summary>How often autoencoders see all activations.</summary>
    [Range(1, 10_000)]
    public int SparseEpochs { get; init; } = 20;

    /// <summary>The networks' names that chapters ask for.</summary>
    internal static IReadOnlyList<string> Needed { get; } =
    ["cheater", "rushed", "lazy", "plain", "unbiased", "repaired", "pooled", "irm", "rex", "irm-10000", "irm-longer", "hardened"];

    /// <summary>Whether a recipe is a study.</summary>
    public static bool Is(string nameOrFile) => Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) is JsonObject root && root.ContainsKey(Mark);

    /// <summary>Reads a recipe's file, or the one that comes along by its name.</summary>
    /// <exception cref="BadInputException">There is none, it holds what is not known, or a network is missing that chapters tell of.</exception>
    public static StudyRecipe Read(string nameOrFile)
    {
        var recipe = (StudyRecipe)Binder.Bind(Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile), typeof(StudyRecipe), Path.GetFileName(nameOrFile))!;
        RecipeFile.CheckName(recipe.Name, nameOrFile);
        string[] roles = [recipe.Train, recipe.Reversed, recipe.Medium, recipe.Hard, recipe.Grey, recipe.Unbiased];
        foreach (var name in recipe.Datasets.Concat(roles)) Canvas.Parse(name);
        var missing = Needed.FirstOrDefault(name => recipe.Networks.All(trained => trained.Name != name));
        Require.That(missing is null, $"{nameOrFile}: no trained is called '{missing}', and a chapter tells of it.");
        foreach (var sweep in new[] { recipe.Hunt, recipe.Smudging }.Select(Sweep.Read))
            Require.That(
                sweep.Evaluate.Count >= 2 && sweep.Validate.Count >= 2,
                $"{nameOrFile}: the sweep {sweep.Name} must evaluate and validate two canvases, the networks' own first and the reversed one second."
            );
        return recipe;
    }

    /// <summary>The recipe with every default spelled out.</summary>
    public string ToYaml() => Yaml.Write(Binder.Describe(this)!);

    /// <summary>The networks' trainings as a sweep.</summary>
    internal Sweep NetworkSweep => new()
    {
        Name = "networks",
        Evaluate = [Train, Reversed, Medium, Hard, Grey, Unbiased],
        Validate = [Train],
        Watch = [Train, Reversed],
        Limit = Limit,
        Trials = [.. Networks.SelectMany(trained => trained.Trials)],
    };
}

/// <summary>A network of the study, trained once for each seed.</summary>
internal sealed record StudyNetwork
{
    /// <summary>What chapters call it.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>The seeds.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];

    /// <summary>How it is taught.</summary>
    public Trial Training { get; init; } = new();

    /// <summary>One training a seed.</summary>
    internal IEnumerable<Trial> Trials => Seeds.Select(seed => Training with { Seed = seed });
}
