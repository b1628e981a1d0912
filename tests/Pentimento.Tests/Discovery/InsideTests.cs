using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Sparse.Variants;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

/// <summary>Where inside a network a cue is: the directions in which it moves the features, and the sparse features that follow it.</summary>
public sealed class InsideTests
{
    private const string Corner = "cell:grid=4,row=0,column=0";

    [Fact]
    public void Without_the_directions_of_a_corner_nothing_follows_it_and_the_bars_decide()
    {
        var found = Concept(weight: 2, Corner)!;

        // Three colours of a corner differ in two directions.
        Assert.Equal(2, found.Directions);
        Assert.True(found.Followed.Value > 0.8);
        Assert.Equal(0, found.Without.Value, 0.02);
        Assert.True(found.Random.Low > found.Without.High, $"{found.Random}");
        // Corners are drawn at random here, and every image has its own class's bar.
        Assert.Equal(1.0 / 3, found.Accuracy.Value, 0.1);
        Assert.Equal(1, found.AccuracyWithout.Value);
        Assert.StartsWith("Without the 2 directions in which", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cue_that_moves_no_features_has_no_directions() => Assert.Null(Concept(weight: 2, "cell:grid=4,row=3,column=3"));

    [Fact]
    public void The_features_of_the_corner_follow_it_each_for_its_class_and_without_one_nothing_becomes_that_class()
    {
        var found = Features(weight: 2, Corner);

        // The network's features are three bars, then three colours of the corner.
        Assert.Equal([(3, 0L), (4, 1L), (5, 2L)], found.Select(one => (one.Feature, one.Class)).Order());
        Assert.All(found, one => Assert.True(one.Raised > 1 && one.Followed.Value > 0.7 && one.Without.High < 0.2, $"{one}"));
    }

    [Fact]
    public void The_bars_follow_no_corner() => Assert.Empty(Features(weight: 2, "cell:grid=4,row=3,column=3"));

    [Fact]
    public void A_feature_that_rises_by_chance_is_not_named_and_one_that_surely_does_is()
    {
        using var scope = NewDisposeScope();
        long[] donors = [.. Enumerable.Range(0, 400).Select(at => (long)(at % 4))];
        var moves = randn([400, 50], float32, generator: new Seed(3).On(CPU));
        Assert.Empty(FollowingFeature.Risen(moves, donors));

        using var third = tensor(Array.ConvertAll(donors, donor => donor == 2 ? 0.9f : 0));
        moves.select(1, 17).add_(third);

        var (feature, label, raised) = Assert.Single(FollowingFeature.Risen(moves, donors));
        Assert.Equal((17, 2L), (feature, label));
        Assert.Equal(0.9, raised, 0.3);
    }

    private static ConceptProjection? Concept(double weight, Cue cue)
    {
        using var network = CornerReader.Network(weight);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300, informative: false), RunContext.OnCpu(1));
        return ConceptProjection.Of(subject, cue, Plan(subject, cue), new(1));
    }

    private static IReadOnlyList<FollowingFeature> Features(double weight, Cue cue)
    {
        using var network = CornerReader.Network(weight);
        using var subject = new ExaminedNetwork(network, CornerReader.Images(300), RunContext.OnCpu(1));
        using var neurons = NeuronBasis.Of(6);
        return FollowingFeature.Of(new(network, neurons, "features"), subject, cue, Plan(subject, cue), RunContext.OnCpu(1));
    }

    private static SwapPlan Plan(ExaminedNetwork subject, Cue cue) => new CueSearch([cue], 300).PlanFor(subject, new(1));
}
