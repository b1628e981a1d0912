using Pentimento.Cues;
using Pentimento.Discovery;
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

    private static Cue[] Order(params CueEvidence[] evidence) => [.. CueVerdict.Of(evidence, accuracy: 0.95).Select(ruling => ruling.Evidence.Cue)];

    private static CueEvidence Relied(Cue cue, double lost, double gain) =>
        Evidence(cue, followed: 0.04, gain, loss: -0.02, classes: 10, contradicting: 300) with
        {
            Reliance = new(Right(0.95), Right(0.95 - lost)) { Blind = new(Right(0.94), Right(0.94)) },
        };

    private static bool[] Right(double share) => [.. Enumerable.Range(0, 1000).Select(at => at < Math.Round(1000 * share))];
}
