using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>Many trainings side by side, and what they are judged on.</summary>
internal sealed record Sweep
{
    internal const string Grids = "trials";
    private const string Usual = "usual";
    private const int MostTrials = 10_000;

    /// <summary>How its runs are called.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>The canvases that every network is judged on at the end: its own distribution first, the reversed one second. They select
    /// nothing.</summary>
    public IReadOnlyList<string> Evaluate { get; init; } = ["rg_95z", "gr_95z"];

    /// <summary>The canvases, painted on the held-out training digits, that selection asks and that trials are ranked by.</summary>
    public IReadOnlyList<string> Validate { get; init; } = ["rg_95z", "gr_95z"];

    /// <summary>The canvases of <see cref="Evaluate"/> that every network is also judged on after each epoch; they select nothing.</summary>
    public IReadOnlyList<string> Watch { get; init; } = [];

    /// <summary>The share of the training digits that no network learns from.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double HoldOut { get; init; } = 0.1;

    /// <summary>Decides which digits are held out: the same of every canvas, so that none validates what it has taught.</summary>
    internal static Seed HoldOutSeed => new Seed(0).For("hold-out");

    /// <summary>How many images of each set are used, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>The trainings.</summary>
    [Required]
    public IReadOnlyList<Trial> Trials { get; init; } = [];

    /// <summary>
    /// Reads a recipe's file, or one that comes with this software by its name. Each entry of <c>trials</c> is a grid: settings whose
    /// values are lists
    /// stand for every combination; <c>usual</c> holds what all trials share unless they say otherwise.
    /// </summary>
    /// <exception cref="BadInputException">There is none, or it holds what is not known.</exception>
    public static Sweep Read(string nameOrFile)
    {
        var root = Yaml.Read(RecipeFile.Text(nameOrFile), nameOrFile) as JsonObject;
        Require.That(root?[Grids] is JsonArray, $"{nameOrFile}: a sweep names its trials, a list of settings.");
        var usual = root[Usual] as JsonObject ?? [];
        var expanded = root[Grids]!
            .AsArray()
            .SelectMany(
                (grid, at) =>
                    Expand(usual, grid as JsonObject
                        ?? throw new BadInputException(
                            $"{SourceLine.Of(grid)?.ToString() ?? nameOrFile}: {Grids}[{at}] is not a list of settings.")));
        root[Grids] = new JsonArray([.. expanded.DistinctBy(trial => trial.ToJsonString())]);
        root.Remove(Usual);

        var sweep = (Sweep)Binder.Bind(root, typeof(Sweep), Path.GetFileName(nameOrFile))!;
        RecipeFile.CheckName(sweep.Name, nameOrFile);
        Require.That(sweep.Trials.Count > 0 && sweep.Evaluate.Count > 0, $"{nameOrFile}: a sweep needs at least one trial and one set to evaluate.");
        return sweep;
    }

    /// <summary>The recipe with every trial and default spelled out.</summary>
    public string ToYaml() => Yaml.Write(Binder.Describe(this)!);

    private static List<JsonObject> Expand(JsonObject usual, JsonObject grid)
    {
        List<JsonObject> trials = [SourceLine.MarkAs(new JsonObject(), grid)];
        foreach (var (name, value) in usual.Where(pair => !grid.ContainsKey(pair.Key)).Concat(grid))
        {
            var choices = value is JsonArray list ? [.. list] : (JsonNode?[])[value];
            Require.That(
                choices.Length > 0 && choices.Length * trials.Count <= MostTrials,
                $"{SourceLine.Of(value ?? grid)?.ToString() ?? Grids}: '{name}' makes {choices.Length * trials.Count:N0} trials; "
                    + $"expected 1 to {MostTrials:N0}.");
            trials = [.. trials.SelectMany(trial => choices.Select(choice => With(trial, name, choice)))];
        }

        return trials;
    }

    private static JsonObject With(JsonObject trial, string name, JsonNode? value)
    {
        var copy = SourceLine.Copy(trial)!.AsObject();
        copy[name] = SourceLine.Copy(value);
        return copy;
    }
}
