using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Painting;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Runs;

namespace Pentimento.Tests.Reports.Findings;

/// <summary>Which run repairs best is said with intervals, or not at all.</summary>
public sealed class ComparisonFindingsTests
{
    [Fact]
    public void The_best_run_is_named_where_every_difference_is_beyond_chance()
    {
        var found = Compare(("one", 9_500), ("two", 9_000));

        Assert.Equal("Of 2 runs, one repairs best", found.Title);
        // Newcombe's hybrid score interval of 95% against 90%, of 10,000 each, computed apart from this.
        Assert.Contains("That is 5.0 points more than two (4.3 to 5.7).", found.Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_difference_may_be_chance_none_is_best()
    {
        var found = Compare(("one", 9_020), ("two", 9_000));

        Assert.Equal("2 runs side by side: which repairs best cannot be told", found.Title);
        Assert.Contains("That two has 0.2 points less may be chance", found.Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void More_runs_share_the_error_that_is_allowed()
    {
        // 0.9 points of 10,000 are beyond chance for one pair (0.1 to 1.7), and not for three.
        Assert.StartsWith("Of 2 runs", Compare(("one", 9_090), ("two", 9_000)).Title, StringComparison.Ordinal);
        Assert.StartsWith("3 runs side by side", Compare(("one", 9_090), ("two", 9_000), ("three", 8_900)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_on_other_images_are_not_ranked_and_runs_of_another_painting_seed_are()
    {
        RunReport Painted(int right, PaintSettings painting) => Report(right) with { Recipe = new() { Name = "two", Painting = painting } };

        Assert.Equal("2 runs side by side", ComparisonFindings.Of(
            new([("one", Report(9_500)), ("two", Painted(9_000, new() { Cue = ColorPlacement.Background }))])).Title);
        Assert.Equal(
            "Of 2 runs, one repairs best",
            ComparisonFindings.Of(new([("one", Report(9_500)), ("two", Painted(9_000, new() { Seed = 3 }))])).Title);
    }

    private static ComparisonFindings Compare(params (string Name, int Right)[] runs) =>
        ComparisonFindings.Of(new([.. runs.Select(run => (run.Name, Report(run.Right)))]));

    private static RunReport Report(int right)
    {
        var recipe = new Recipe { Name = "one" };
        var sets = recipe.Evaluate.Select(name => new SetEvaluation(name, 10_000, right / 10_000.0, 0, 1, [], [])).ToList();
        var evaluations = Recipe.Networks.Select(network => new NetworkEvaluation(network, sets)).ToList();
        return new(recipe, new([], [], null!, [], evaluations, [], [], []), null!, null!);
    }
}
