using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using static Pentimento.Tests.Discovery.WrittenEvidence;

namespace Pentimento.Tests.Discovery;

/// <summary>Which of several shortcuts is named first.</summary>
public sealed class CueOrderTests
{
    [Fact]
    public void What_more_hangs_on_comes_before_what_costs_more_on_the_few_images_that_contradict_it()
    {
        // A dot whose place tells: the frame holds it, one cell at the edge holds that of one class.
        var frame = Relied(new Border(3), lost: 0.18, gain: 0.39);
        var cell = Relied(new Cell(4, 0, 0), lost: 0.04, gain: 0.54);

        Assert.Equal([frame.Cue, cell.Cue], Order(cell, frame));
    }

    [Fact]
    public void Of_two_on_which_as_much_hangs_the_one_that_costs_more_comes_first()
    {
        var ground = Relied(new Background(), lost: 0.15, gain: 0.1);
        var frame = Relied(new Border(3), lost: 0.15, gain: 0.2);

        Assert.Equal([frame.Cue, ground.Cue], Order(ground, frame));
    }

    [Fact]
    public void The_narrower_of_two_like_ones_comes_first()
    {
        var wide = Relied(new Border(3), lost: 0.15, gain: 0.2);
        var narrow = Relied(new Border(1), lost: 0.14, gain: 0.2);

        Assert.Equal([narrow.Cue, wide.Cue], Order(wide, narrow));
    }

    [Fact]
    public void What_holds_all_others_comes_last_whatever_hangs_on_it()
    {
        var spectrum = Relied(new Spectrum(), lost: 0.4, gain: 0.4);
        var contrast = Relied(new Contrast(), lost: 0.15, gain: 0.2);

        Assert.Equal([contrast.Cue, spectrum.Cue], Order(spectrum, contrast));
    }

    [Theory]
    [InlineData(0.63, 0.44, Finding.None)]
    [InlineData(0.93, 0.89, Finding.Shortcut)]
    public void What_may_be_shown_is_a_shortcut_only_if_the_own_classes_cue_mends_the_errors(double mended, double low, Finding finding)
    {
        // The place of clothes, which honest networks go by a little; a place that says the digit.
        var evidence = Relied(new Position(), lost: 0.42, gain: 0.5);
        evidence = evidence with { Cost = evidence.Cost! with { MendedBeyond = new(mended, low, 0.95) }, Blind = evidence.Followed };

        var ruling = CueVerdict.Of([evidence], 0.95)[0];

        Assert.Equal(finding, ruling.Finding);
        Assert.Equal(finding == Finding.None, SuspectReason.Of(ruling).Contains("beyond what any such change mends (44", StringComparison.Ordinal));
    }

    [Fact]
    public void A_part_of_a_graver_cue_comes_before_it_where_not_using_the_part_may_mend_as_much()
    {
        // A frame of one colour is the border's colour, and so the ground's.
        var ground = Relied(new Background(), lost: 0.3, gain: 0.22);
        var wide = Relied(new Border(3), lost: 0.15, gain: 0.2);
        var frame = Relied(new Border(1), lost: 0.1, gain: 0.2);

        Assert.Equal([frame.Cue, wide.Cue, ground.Cue], Order(ground, wide, frame));
    }

    [Fact]
    public void A_part_that_surely_mends_less_does_not()
    {
        var ground = Relied(new Background(), lost: 0.3, gain: 0.3);
        var frame = Relied(new Border(1), lost: 0.1, gain: 0.2);

        Assert.Equal([ground.Cue, frame.Cue], Order(frame, ground));
    }

    [Theory]
    [InlineData(0.3, Finding.Shortcut)]
    [InlineData(0.0, Finding.Undecided)]
    public void What_decides_seldom_is_a_shortcut_beside_a_whole_that_is_one(double lost, Finding finding)
    {
        var ground = Relied(new Background(), lost, gain: lost / 2);
        var frame = Relied(new Border(1), lost: 0.05, gain: 0.2) with
        {
            Followed = Evidence(new Border(1), followed: 0.012, gain: 0.2, loss: 0).Followed,
        };
        frame = frame with { Cost = frame.Cost! with { Net = new(0.01, 0, 0.02) } };

        Assert.Equal(finding, CueVerdict.Of([ground, frame], 0.95).Single(ruling => ruling.Evidence.Cue == frame.Cue).Finding);
    }

    private static Cue[] Order(params CueEvidence[] evidence) => [.. CueVerdict.Of(evidence, accuracy: 0.95).Select(ruling => ruling.Evidence.Cue)];

    private static CueEvidence Relied(Cue cue, double lost, double gain) =>
        Evidence(cue, followed: 0.04, gain, loss: -0.02, classes: 10, contradicting: 300) with
        {
            Reliance = new(Right(0.95), Right(0.95 - lost)) { Blind = new(Right(0.94), Right(0.94)) },
        };

    private static bool[] Right(double share) => [.. Enumerable.Range(0, 1000).Select(at => at < Math.Round(1000 * share))];
}
