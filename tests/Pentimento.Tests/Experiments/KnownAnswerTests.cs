using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Painting.Presets;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Experiments;

public sealed class KnownAnswerTests
{
    [Fact]
    public void Every_known_answer_reads_and_has_a_source_and_a_published_number()
    {
        Assert.True(KnownAnswer.All.Count >= 8);
        Assert.All(KnownAnswer.All, known =>
        {
            Assert.Contains("arXiv", known.Source, StringComparison.Ordinal);
            Assert.InRange(known.Published, 0.01, 0.99);
            Assert.InRange(known.Spread, 0.001, 0.05);
        });
    }

    [Fact]
    public void Irm_has_its_authors_hyper_parameters()
    {
        var irm = KnownAnswer.All.First(known => known.Name == "arjovsky-irm");

        Assert.Equal((new Arjovsky(), "test", 0.669, 0.025), (irm.Preset, irm.Test, irm.Published, irm.Spread));
        Assert.Equal(new InvariantRisk(91257.18613115903, 190), irm.Trial.Training.Objective);
        Assert.Equal(new Mlp("390-390", MlpStart.Glorot), irm.Trial.Training.Network);
        Assert.Equal(
            (new Adam(0.00048985365), 501, 50000, 0.00110794568),
            (irm.Trial.Training.Optimizer, irm.Trial.Training.Epochs, irm.Trial.Training.Batch, irm.Trial.Training.WeightPenalty));
    }

    [Fact]
    public void A_channel_that_no_image_uses_does_not_widen_the_network()
    {
        var one = new ImageSet("a", [1, 0, 0, 0, 0, 0], [0, 1], [], new(1, 1, 3));
        var other = new ImageSet("b", [0, 0, 7], [1], [], new(1, 1, 3));

        Assert.Equal([0, 2], KnownAnswer.UsedColors([one, other]));
        Assert.Equal(new(1, 1, 2), KnownAnswer.Keep(other, [0, 2]).Shape);
        Assert.Equal([0, 7], KnownAnswer.Keep(other, [0, 2]).Pixels.ToArray());
        Assert.Equal([1, 0, 0, 0], KnownAnswer.Keep(one, [0, 2]).Pixels.ToArray());
        Assert.Same(other, KnownAnswer.Keep(other, [0, 1, 2]));
    }

    [Fact]
    public void A_check_agrees_within_the_published_spread()
    {
        var known = new KnownAnswer { Name = "x", Published = 0.6, Spread = 0.02 };

        Assert.Equal((0.61, true), (Check.Of(known, [0.59, 0.63]).Measured, Check.Of(known, [0.59, 0.63]).Agrees));
        // sqrt(((0.02)² + (0.02)²) / 1)
        Assert.Equal(0.0282843, Check.Of(known, [0.59, 0.63]).Spread, 1e-6);
        Assert.False(Check.Of(known, [0.63]).Agrees);
        Assert.Equal(0, Check.Of(known, [0.63]).Spread);
    }
}
