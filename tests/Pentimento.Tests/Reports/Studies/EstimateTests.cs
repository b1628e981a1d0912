using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Reports.Studies;

public sealed class EstimateTests
{
    [Fact]
    public void Seeds_give_students_interval_and_images_widen_it()
    {
        // Mean .5, deviation .1, three seeds: .1 / sqrt(3) times 4.302653 with two degrees of freedom.
        var (seeds, both) = (Estimate.OverSeeds([0.4, 0.5, 0.6]), Estimate.OverSeeds([0.4, 0.5, 0.6], images: 96));

        Assert.Equal((0.5, 2.0, 3), (seeds.Value, seeds.Freedom, seeds.Trainings));
        Assert.Equal(0.5 + (4.302652729911275 * 0.1 / Math.Sqrt(3)), seeds.Interval!.Value.High, 1e-9);
        // A share of one half of 96 images has a variance of 1/4 by 96.
        Assert.Equal(Math.Sqrt((0.01 / 3) + (0.25 / 96)), both.Error, 1e-12);
    }

    [Fact]
    public void One_training_does_not_tell_how_others_would_spread()
    {
        var estimate = Estimate.OverSeeds([0.9], images: 10_000);

        Assert.Equal((0.9, null), (estimate.Value, estimate.Interval));
        Assert.Equal((1.0, 1.0), (estimate.ChanceAbove(0.1), estimate.ChanceBelow(0.99)));
    }

    [Fact]
    public void Pairs_of_seeds_cancel_what_they_share()
    {
        var difference = Estimate.Difference([0.5, 0.7, 0.9], [0.4, 0.6, 0.8]);

        Assert.Equal(0.1, difference.Value, 1e-12);
        Assert.Equal(0, difference.Error, 1e-12);
    }

    [Fact]
    public void Chances_on_both_sides_of_a_number_make_one()
    {
        var estimate = Estimate.OverSeeds([0.4, 0.5, 0.7]);

        Assert.Equal(1, estimate.ChanceAbove(0.45) + estimate.ChanceBelow(0.45), 1e-12);
        Assert.InRange(estimate.ChanceAbove(0.2), 0.001, 0.05);
    }

    [Theory]
    [InlineData("study", 0)]
    [InlineData("study-small", 5)]
    public void A_recipe_says_what_it_lacks(string recipe, int lacks) => Assert.Equal(lacks, StudyEvidence.Lacks(StudyRecipe.Read(recipe)).Count);
}
