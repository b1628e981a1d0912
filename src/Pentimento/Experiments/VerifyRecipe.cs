using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>Which published numbers are measured again, and with which seeds: the recipe of a run of <c>verify</c>.</summary>
internal sealed record VerifyRecipe
{
    /// <summary>What tells it from other recipes.</summary>
    internal const string Mark = "checks";

    /// <summary>The numbers, by name.</summary>
    [Required]
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The first seed.</summary>
    public ulong First { get; init; } = 1;

    /// <summary>How many seeds there are.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 10;

    /// <summary>How many images of each set are used, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>Reads a recipe's file.</summary>
    /// <exception cref="BadInputException">It holds what is not known.</exception>
    public static VerifyRecipe Read(string file) =>
        (VerifyRecipe)Binder.Bind(Yaml.Read(RecipeFile.Text(file), file), typeof(VerifyRecipe), Path.GetFileName(file))!;

    /// <summary>The recipe with every default spelled out.</summary>
    public string ToYaml() => Yaml.Write(Binder.Describe(this)!);
}
