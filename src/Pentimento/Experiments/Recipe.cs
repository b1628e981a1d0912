using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The recipe of a run on digits: which canvases, how two networks are trained, explained and attacked.</summary>
internal sealed record Recipe
{
    /// <summary>What its networks are called, in the order of their training.</summary>
    public static IReadOnlyList<string> Networks { get; } = [Names.Kebab(nameof(Lazy)), Names.Kebab(nameof(Repaired))];

    /// <summary>How its runs are called.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Decides weights, order, dropout and attacks; the pictures are painted with a seed of their own.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The canvas that both networks learn from.</summary>
    public string Train { get; init; } = "rg_95z";

    /// <summary>The canvases that both are judged on: first their own distribution, second the reversed one.</summary>
    public IReadOnlyList<string> Evaluate { get; init; } = ["rg_95z", "gr_95z"];

    /// <summary>How the canvases are painted: on which grey images, where the colour lies, in which colours, by which seed.</summary>
    public PaintSettings Painting { get; init; } = new();

    /// <summary>How many images of each set are used, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>How many images of each set are drawn after every epoch of a training but the last, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int EvaluateLimit { get; init; }

    /// <summary>The lazy network, which is to rely on the shortcut.</summary>
    public TrainingOptions Lazy { get; init; } = new();

    /// <summary>The repaired network, trained on the environments that the lazy one's errors reveal.</summary>
    public TrainingOptions Repaired { get; init; } = new();

    /// <summary>How both are explained.</summary>
    public ExplanationSettings Explain { get; init; } = new();

    /// <summary>How both are attacked.</summary>
    public AttackSettings Attack { get; init; } = new();

    /// <summary>Reads a recipe's file, or one that comes with this software by its name.</summary>
    /// <exception cref="BadInputException">There is none, or it holds what is not known.</exception>
    public static Recipe Read(string nameOrFile)
    {
        var root = Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile);
        Require.That(
            root is not JsonObject { } named || !named.ContainsKey(Sweep.Grids),
            $"{nameOrFile} is a sweep; run it with: pentimento sweep {nameOrFile}");
        Require.That(
            root is not JsonObject { } bench || !bench.ContainsKey("methods"),
            $"{nameOrFile} is a bench of repairs; give it a network with: pentimento repair MODEL --data DATA --bench {nameOrFile}");
        var recipe = (Recipe)Binder.Bind(root, typeof(Recipe), Path.GetFileName(nameOrFile))!;
        foreach (var name in recipe.Evaluate.Append(recipe.Train))
        {
            Require.That(
                Canvas.MatchesGrammar(name) || !(Path.Exists(name) || name.Contains('/', StringComparison.Ordinal)),
                $"{nameOrFile}: run paints its sets itself, and {name} is none of them; the key painting (or --source, --cue, --palette) says on "
                    + $"which grey images and how. For images of your own as they are there are discover, audit and repair.");
            Canvas.Parse(name);
        }

        Require.That(
            recipe.Evaluate.Count >= 2,
            $"{nameOrFile}: evaluate needs at least two canvases, the networks' own first and the reversed one second.");
        Require.That(
            recipe.Attack.Source != recipe.Attack.Target,
            $"{nameOrFile}: the attack's source and target are both {recipe.Attack.Source}; there is nothing to change.");
        RecipeFile.CheckName(recipe.Name, nameOrFile);
        return recipe;
    }

    /// <summary>A canvas of the recipe, as it is painted here.</summary>
    internal PaintedName Painted(string name) => new(Canvas.Parse(name), Painting);

    /// <summary>The recipe with every default spelled out.</summary>
    public string ToYaml() => Yaml.Write(Binder.Describe(this)!);
}

/// <summary>How networks are explained.</summary>
internal sealed record ExplanationSettings
{
    /// <summary>The method.</summary>
    public AttributionMethod Method { get; init; } = new GradCam();

    /// <summary>The cut at which it looks.</summary>
    public string Layer { get; init; } = "relu3";
}

/// <summary>How networks are attacked.</summary>
internal sealed record AttackSettings
{
    /// <summary>The method.</summary>
    public Attack With { get; init; } = new Pgd();

    /// <summary>How many images each attack takes.</summary>
    [Range(1, 1_000_000)]
    public int Images { get; init; } = 500;

    /// <summary>The class whose images the targeted attack takes.</summary>
    [Range(0, 9)]
    public int Source { get; init; } = 7;

    /// <summary>The class that it is to make of them.</summary>
    [Range(0, 9)]
    public int Target { get; init; } = 3;
}
