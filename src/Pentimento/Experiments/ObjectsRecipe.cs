using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Pentimento.Attribution;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting.Objects;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The recipe of the experiment on pictures of objects (emoji on photographs): its datasets, and how three networks are trained, one that
/// learns the background as a shortcut and two that do not.</summary>
internal sealed record ObjectsRecipe
{
    /// <summary>What its networks are called, in the order of their training.</summary>
    internal static IReadOnlyList<string> Networks { get; } =
        [Names.Kebab(nameof(Biased)), Names.Kebab(nameof(Balanced)), Names.Kebab(nameof(Swapped))];

    /// <summary>How its runs are called.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Decides weights, order and dropout; the pictures are painted with seed 0.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The biased set, which the networks learn from.</summary>
    public string Train { get; init; } = "objects_95";

    /// <summary>The set with the grounds swapped, the other half of what the swapped network learns from.</summary>
    public string Reversed { get; init; } = "objects_rev95";

    /// <summary>The set in which ground and class are independent: it has enough images of every group.</summary>
    public string Independent { get; init; } = "objects_50";

    /// <summary>How many images of each set are used, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>The network that is to follow the ground.</summary>
    public TrainingOptions Biased { get; init; } = new();

    /// <summary>The network of the same set, that is told each image's ground and sees every group alike.</summary>
    public TrainingOptions Balanced { get; init; } = new();

    /// <summary>The network that sees the same objects on both grounds.</summary>
    public TrainingOptions Swapped { get; init; } = new();

    /// <summary>The attribution method by which all are explained, at its default layer.</summary>
    public AttributionMethod Explain { get; init; } = new HiResCam();

    /// <summary>The sets that all networks are evaluated on: their own distribution, the reversed one, and the one without a shortcut.</summary>
    internal IReadOnlyList<string> Evaluate => [Train, Reversed, Independent];

    /// <summary>The options of a network.</summary>
    internal TrainingOptions Of(string network) => network == Networks[0] ? Biased : network == Networks[1] ? Balanced : Swapped;

    /// <summary>Whether a recipe is of this kind.</summary>
    internal static bool Is(string nameOrFile) =>
        Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) is JsonObject root && root.ContainsKey(Networks[0]);

    /// <summary>Reads a recipe's file, or one that comes with this software by its name.</summary>
    /// <exception cref="BadInputException">There is none, or it holds what is not known.</exception>
    internal static ObjectsRecipe Read(string nameOrFile)
    {
        var root = Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile);
        var recipe = (ObjectsRecipe)Binder.Bind(root, typeof(ObjectsRecipe), Path.GetFileName(nameOrFile))!;
        foreach (var name in recipe.Evaluate) ObjectCanvas.Parse(name);
        Require.That(
            recipe.Evaluate.Distinct(StringComparer.OrdinalIgnoreCase).Count() == recipe.Evaluate.Count,
            $"{nameOrFile}: train, reversed and independent are three sets; got {string.Join(", ", recipe.Evaluate)}.");
        RecipeFile.CheckName(recipe.Name, nameOrFile);
        return recipe;
    }

    /// <summary>The recipe with every default spelled out.</summary>
    internal string ToYaml() => Yaml.Write(Binder.Describe(this)!);
}
