using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Tests.Discovery;

/// <summary>Two corners that say the same class: each goes on where the other is changed.</summary>
public sealed class JointCuesTests
{
    private static readonly Cell Corner = new(4, 0, 0);
    private static readonly Cell Opposite = new(4, 3, 3);

    [Fact]
    public void A_network_that_reads_both_corners_is_accused_of_both_though_it_follows_neither_alone()
    {
        // Two corners outweigh the bars, one does not.
        var rulings = Rule(0.8, 0.8, []);

        var both = rulings.Single(ruling => ruling.Evidence.Cue is Both);
        Assert.Equal([Corner, Opposite], both.Evidence.Cue.Parts.Order(ByName));
        Assert.Equal(Finding.Shortcut, both.Finding);
        Assert.True(both.Evidence.Followed.Mean.Value > 0.8);
        Assert.All(rulings.Where(ruling => ruling.Evidence.Cue == Corner || ruling.Evidence.Cue == Opposite),
            ruling => Assert.True(ruling.Evidence.Followed.Mean.High < 0.05));
    }

    [Theory]
    [InlineData(0.8, 0.8, true, true)]
    [InlineData(0.8, 0.8, false, false)] // Neither says the class.
    [InlineData(2, 0, true, false)] // One does as much as both.
    [InlineData(0, 0, true, false)]
    public void Two_are_taken_together_where_both_say_the_class_and_each_alone_is_followed_less(
        double weight, double opposite, bool informative, bool together) =>
        Assert.Equal(together, Of([Corner, Opposite], weight, opposite, informative) is Both);

    [Fact]
    public void Two_that_are_exchanged_with_each_other_are_one()
    {
        // With the outermost pixels five of a corner's nine go; those and the rest of one corner outweigh the bars, neither does alone.
        Assert.Null(Of([Corner, new Border(1)], 1, 1));
        Assert.NotNull(Of([Opposite, Corner], 1, 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // Of two corners, though all four are read.
    public void Two_parts_of_what_is_followed_more_as_a_whole_are_no_cue_of_their_own(bool whole)
    {
        // Where there are but two corners these outweigh the bars; where all four say the class they do not, and the ground as a whole does.
        using var network = CornerReader.Network(0.6, 0.6, 0.6, 0.6);
        var joint = Of([Corner, Opposite, .. whole ? (Cue[])[new Background()] : []], network, CornerReader.Images(300, corners: 4));

        Assert.Equal(!whole, joint is Both);
    }

    [Fact]
    public void Cues_that_the_user_names_are_measured_alone() =>
        Assert.Equal([Corner, Opposite], Rule(0.8, 0.8, [Corner, Opposite]).Select(ruling => ruling.Evidence.Cue).Order(ByName));

    [Fact]
    public void Two_are_as_each_of_them_is()
    {
        var both = new Both { First = new Color(), Second = Corner };

        Assert.Equal(Corner.Place, both.Place);
        Assert.True(both.IsBesideObject);
        Assert.Equal(CueKind.Appearance, both.Kind);
        Assert.False((both with { Second = new Watermark() }).IsNeverShown);
        Assert.True((both with { First = new ChromaticAberration(), Second = new Watermark() }).IsNeverShown);
        Assert.Equal(0.05, (both with { First = new Lighting(), Second = new Lighting() }).HonestlyLost);
    }

    private static Comparer<Cue> ByName => Comparer<Cue>.Create((one, other) => string.CompareOrdinal($"{one}", $"{other}"));

    private static Cue? Of(IReadOnlyList<Cue> cues, double weight, double opposite, bool informative = true)
    {
        using var network = CornerReader.Network(weight, opposite);
        return Of(cues, network, CornerReader.Images(300, informative, corners: 2));
    }

    private static Cue? Of(IReadOnlyList<Cue> cues, Classifier network, ImageSet set)
    {
        using var subject = new ExaminedNetwork(network, set, RunContext.OnCpu());
        var search = new CueSearch(cues, 300);
        return JointCues.Of(subject, search.Of(subject, RunContext.OnCpu(1)), search.PlanFor(subject, new(1)));
    }

    private static IReadOnlyList<CueVerdict> Rule(double weight, double opposite, IReadOnlyList<Cue> cues)
    {
        using var network = CornerReader.Network(weight, opposite);
        return CueVerdict.Of(new CueSearch(cues, 300).Of(network, CornerReader.Images(300, corners: 2), RunContext.OnCpu(1)), 0.9);
    }
}
