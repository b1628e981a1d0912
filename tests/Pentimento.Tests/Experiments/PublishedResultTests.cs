using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Painting.Presets;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Experiments;

public sealed class PublishedResultTests
{
    [Fact]
    public void Every_known_answer_reads_and_has_a_source_and_a_published_number()
    {
        Assert.True(PublishedResult.All.Count >= 8);
        Assert.All(PublishedResult.All, known =>
        {
            Assert.Contains("arXiv", known.Source, StringComparison.Ordinal);
            Assert.InRange(known.Published, 0.01, 0.99);
            Assert.InRange(known.Spread, 0, 0.05);
            Assert.True(known.PublishedSeeds > 1 == known.Spread > 0);
        });
    }

    [Fact]
    public void Irm_has_its_authors_hyper_parameters()
    {
        var irm = PublishedResult.All.First(known => known.Name == "arjovsky-irm");

        Assert.Equal((new Arjovsky(), "test", 0.669, 0.0254), (irm.Preset, irm.Test, irm.Published, irm.Spread));
        Assert.Equal(new InvariantRisk(91257.18613115903, 190), irm.Trial.Training.Objective);
        Assert.Equal(new Mlp("390-390", MlpStart.Glorot, MlpLogits.Single), irm.Trial.Training.Network);
        Assert.Equal(
            (new Adam(0.00048985365), 500, 50000, 0.00110794568),
            (irm.Trial.Training.Optimizer, irm.Trial.Training.Epochs, irm.Trial.Training.Batch, irm.Trial.Training.WeightPenalty));
    }

    [Fact]
    public void A_channel_that_no_image_uses_does_not_widen_the_network()
    {
        var one = new ImageSet("a", [1, 0, 0, 0, 0, 0], [0, 1], [], new(1, 1, 3));
        var other = new ImageSet("b", [0, 0, 7], [1], [], new(1, 1, 3));

        Assert.Equal([0, 2], PublishedResult.UsedColors([one, other]));
        Assert.Equal(new(1, 1, 2), PublishedResult.Keep(other, [0, 2]).Shape);
        Assert.Equal([0, 7], PublishedResult.Keep(other, [0, 2]).Pixels.ToArray());
        Assert.Equal([1, 0, 0, 0], PublishedResult.Keep(one, [0, 2]).Pixels.ToArray());
        Assert.Same(other, PublishedResult.Keep(other, [0, 1, 2]));
    }

    [Fact]
    public void Fishr_and_v_rex_have_the_penalties_of_fishrs_authors()
    {
        Objective Of(string name) => PublishedResult.All.First(known => known.Name == name).Trial.Training.Objective;

        Assert.Equal(
            new Fishr(91257.18613115903, 190, Early: 1, Softening.DivideLoss, Momentum: 0, VarianceScaling.Sum), Of("arjovsky-fishr"));
        Assert.Equal(new VarianceRiskExtrapolation(91257.18613115903, 190, Scaling: RiskScaling.MeanDifference), Of("arjovsky-v-rex"));
    }

    [Theory]
    [InlineData(0.66, 0.02, 10, nameof(Agreement.Agrees))]
    [InlineData(0.60, 0.02, 10, nameof(Agreement.Differs))]
    // Two seeds that spread by ten points would not have shown a difference of five.
    [InlineData(0.66, 0.1, 2, nameof(Agreement.Undecided))]
    public void A_check_agrees_where_a_test_with_power_finds_no_difference(double mean, double deviation, int seeds, string agreement)
    {
        var known = new PublishedResult { Name = "x", Published = 0.669, Spread = 0.025, PublishedSeeds = 10 };
        // Half of the seeds above the mean and half below, as far as the deviation asks.
        var apart = deviation * Math.Sqrt((seeds - 1.0) / seeds);

        var check = Reproduction.Of(known, [.. Enumerable.Range(0, seeds).Select(at => mean + (at % 2 == 0 ? apart : -apart))]);

        Assert.Equal(deviation, check.Spread, 1e-12);
        Assert.Equal((agreement, agreement == nameof(Agreement.Agrees)), ($"{check.Agreement}", check.Agrees));
    }

    [Fact]
    public void One_seed_beside_a_number_without_a_spread_tells_nothing()
    {
        var check = Reproduction.Of(new PublishedResult { Name = "x", Published = 0.6 }, [0.1]);

        Assert.Equal((Agreement.Undecided, -1.0, 1.0), (check.Agreement, check.Difference.Low, check.Difference.High));
    }
}
