using Pentimento.Experiments;
using Pentimento.Reports.Runs;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Reports.Runs;

public sealed class RunComparisonTests
{
    private static readonly Recipe Recipe = new() { Name = "one" };

    [Fact]
    public void Only_settings_that_differ_are_told_each_with_its_path_and_every_runs_value()
    {
        var other = Recipe with
        {
            Seed = 7,
            Evaluate = ["rg_95z", "gr_95z", "un_0z"],
            Lazy = Recipe.Lazy with { Objective = new GeneralizedCrossEntropy(Q: 0.5) },
        };

        var differences = Compare(Recipe, Recipe, other).ToDictionary(row => row.Setting, row => row.Values);

        Assert.Equal(["evaluate", "lazy.objective", "seed"], differences.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["1", "1", "7"], differences["seed"]);
        Assert.Equal(["rg_95z, gr_95z", "rg_95z, gr_95z", "rg_95z, gr_95z, un_0z"], differences["evaluate"]);
        Assert.Equal(["erm", "erm", "gce:q=0.5"], differences["lazy.objective"]);
    }

    [Fact]
    public void Equal_recipes_have_no_differences() => Assert.Empty(Compare(Recipe, Recipe with { }));

    private static IReadOnlyList<(string Setting, IReadOnlyList<string> Values)> Compare(params Recipe[] recipes) =>
        new RunComparison([.. recipes.Select((recipe, at) => ($"run {at}", new RunReport(recipe, null!, null!, null!)))]).Differences();
}
