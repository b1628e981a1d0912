using System.Text.Json;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Reports.Runs;

/// <summary>A finished recipe of named operations as its page shows it.</summary>
/// <param name="Name">The recipe's name.</param>
/// <param name="Seed">The seed of every step.</param>
/// <param name="Yaml">The recipe with every default spelled out.</param>
/// <param name="Steps">The steps in the recipe's order.</param>
/// <param name="Provenance">With what and how long it was made.</param>
public sealed record StepsReport(string Name, ulong Seed, string Yaml, IReadOnlyList<ReportedStep> Steps, Provenance Provenance)
{
    private const string RecipeName = "recipe.yaml";

    /// <summary>Whether a folder holds the run of such a recipe.</summary>
    internal static bool Holds(RunFolder folder) => File.Exists(folder.At(RecipeName)) && StepsRecipe.Is(folder.At(RecipeName));

    /// <summary>Reads a finished run.</summary>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    internal static StepsReport Read(RunFolder folder)
    {
        var (recipe, provenance) = (StepsRecipe.Read(folder.At(RecipeName)), Provenance.Read(folder));
        return new(
            recipe.Name, recipe.Seed, recipe.ToYaml(), [.. recipe.Steps.Select(step => ReportedStep.Read(folder, step, provenance))], provenance);
    }
}

/// <summary>A step of a recipe with what it found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Result">Its result, as its operation writes it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Pictures">Its pictures, by the names of their files.</param>
/// <param name="Page">The address of its own page, from the run's folder; null where it has none.</param>
public sealed record ReportedStep(
    string Name, string Operation, JsonElement Result, double Seconds, IReadOnlyList<(string Name, string Address)> Pictures, string? Page)
{
    /// <summary>What it found, in a sentence; null where it judges nothing.</summary>
    public string? Verdict => Text("verdict");

    /// <summary>Whether there is a shortcut, where it looked for one.</summary>
    public string? Finding => Text("finding");

    /// <summary>Reads a step of a finished run.</summary>
    internal static ReportedStep Read(RunFolder folder, NamedOperation step, Provenance provenance)
    {
        Require.That(provenance.Stages.ContainsKey(step.Name), $"{folder.Folder} has no step '{step.Name}' yet.");
        var stage = provenance.Stages[step.Name];
        RecipeFile.CheckName(stage.Key, folder.At("manifest.json"));
        var place = $"steps/{step.Name}-{stage.Key}";
        var page = $"{place}/{StepFiles.Page}";
        return new(
            step.Name, new Member(step.Operation.GetType()).Name, folder.Result<JsonElement>(step.Name), stage.Seconds,
            StepFiles.Pictures(folder.At(place)), File.Exists(folder.At(page)) ? page : null);
    }

    private string? Text(string key) =>
        Result.ValueKind == JsonValueKind.Object && Result.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
