using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using static Pentimento.Tests.Discovery.WrittenEvidence;

namespace Pentimento.Tests.Discovery;

/// <summary>The rule on one cue, on evidence written down by hand; figures of networks are rounded from ones that were measured.</summary>
public sealed class CueVerdictTests
{
    private static readonly Color Looks = new();
    private static readonly Spectrum Shown = new();
    private static readonly Background Around = new();

    [Fact]
    public void What_an_honest_network_sees_misleads_it_sometimes_and_is_no_shortcut()
    {
        // A network of objects on random grounds, right in three of four: it follows the spectrum, which misleads it on hard images.
        var evidence = Evidence(Shown, followed: 0.23, gain: 0.29, loss: -0.14);

        Assert.Equal(Finding.None, Of(evidence));
    }

    [Fact]
    public void An_honest_network_is_acquitted_whatever_the_number_of_images()
    {
        // The same network on 10,000 images: the spectrum misleads 654 of them. Counted alike with the others, not using it surely adds five points.
        CueEvidence On(int images) => Evidence(Shown, followed: 0.26, gain: 0.286, loss: -0.131, contradicting: images);

        Assert.InRange(On(654).Cost!.Balanced.Low, 0.05, 0.06);
        Assert.Equal([Finding.None, Finding.None, Finding.None], new[] { 654, 6540, 65400 }.Select(images => Of(On(images))));
    }

    [Theory]
    [InlineData(0.078, 0.031, 250, Finding.Undecided)]
    [InlineData(0.078, 0.031, 2500, Finding.None)]
    [InlineData(0.018, 0.061, 575, Finding.Shortcut)]
    public void Clothes_that_reach_into_the_frame_prove_no_shortcut(double followed, double gain, int contradicting, Finding finding)
    {
        // An honest network of clothes follows the frame in 7.8% of its predictions and mends 3.1% without it; the last is a patch in a corner.
        var evidence = Evidence(Around, followed, gain, loss: 0, contradicting: contradicting) with { BlindAccuracy = new(889, 1000) };

        Assert.Equal(finding, Of(evidence));
    }

    [Theory]
    // An honest network of clothes; a patch in a corner on as many swaps, on four times as many, and one that mends more.
    [InlineData(0.015, 0.044, -0.018, 1000, Finding.Undecided)]
    [InlineData(0.017, 0.07, -0.018, 1000, Finding.Undecided)]
    [InlineData(0.017, 0.07, -0.018, 4000, Finding.Shortcut)]
    [InlineData(0.017, 0.12, -0.018, 1000, Finding.Shortcut)]
    public void What_may_decide_next_to_nothing_and_adds_little_is_open(double followed, double gain, double loss, int swaps, Finding finding)
    {
        var evidence = Evidence(Around, followed, gain, loss, contradicting: 742, swaps: swaps) with { BlindAccuracy = new(710, 1000) };

        var ruling = CueVerdict.Of([evidence], accuracy: 0.79)[0];

        Assert.Equal(finding, ruling.Finding);
        Assert.Equal(
            finding == Finding.Undecided,
            SuspectReason.Of(ruling with { Evidence = evidence with { Blind = evidence.Followed } })
                .Contains("more swaps (--pairs, or audit --cue) would settle it. So would repair", StringComparison.Ordinal));
    }

    [Theory]
    // A patch that one class has is followed in 17% where donors are of that class; a frame of clothes in at most 5%.
    [InlineData(0.17, Finding.Shortcut)]
    [InlineData(0.05, Finding.Undecided)]
    public void What_one_class_hangs_on_decides_enough_where_that_class_is_meant(double followed, Finding finding)
    {
        var hanging = Hanging(Evidence(Around, 0.017, gain: 0.07, loss: -0.018, contradicting: 742), followed);

        Assert.Equal(followed, hanging.ExcessOf(3).Value, 6);
        Assert.Equal(0, hanging.ExcessOf(4).Value);
        Assert.Equal(finding, CueVerdict.Of([hanging], accuracy: 0.79)[0].Finding);
    }

    [Theory]
    // Clothes of which one class has a patch: followed in 39% where donors are of that class. A network without it is better than the user's.
    [InlineData(0.39, Finding.Shortcut)]
    [InlineData(0.2, Finding.None)]
    public void What_commands_one_class_is_measured_beside_the_network_itself(double followed, Finding finding)
    {
        var evidence = Hanging(Evidence(Around, 0.041, gain: 0.01, loss: -0.05, contradicting: 2128), followed);
        var mended = Differences(2128, 0.045);
        var own = evidence with { Cost = evidence.Cost! with { Own = PairedDifference.Of(mended), OwnPValue = PairedDifference.PValue(mended) } };

        Assert.Equal(finding, CueVerdict.Of([own], accuracy: 0.8)[0].Finding);
        Assert.Equal(Finding.None, CueVerdict.Of([own with { Classes = 2 }], accuracy: 0.8)[0].Finding);
    }

    [Theory]
    [InlineData(0.65, Finding.Undecided)]
    [InlineData(0.2, Finding.None)]
    public void A_look_that_commands_is_open_where_too_few_images_tell_what_it_costs(double followed, Finding finding)
    {
        // A network that reads the colour on 300 digits: 16 contradict it, and the control, fitted to so few, loses elsewhere.
        var evidence = Evidence(Looks, followed, gain: 0.31, loss: -0.28, classes: 10, misled: 0, contradicting: 16);

        Assert.Equal(finding, CueVerdict.Of([evidence, .. Enumerable.Repeat(evidence with { Cost = null }, 20)], accuracy: 0.94)[0].Finding);
    }

    [Fact]
    public void What_commands_one_class_and_nothing_contradicts_is_a_shortcut_where_it_lies_beside_what_is_shown()
    {
        CueEvidence Of(Cue cue, double followed)
        {
            var evidence = Evidence(cue, 0.05, gain: 0, loss: 0, contradicting: 0);
            return Hanging(evidence with { BlindAccuracy = new(950, 1000), Cost = evidence.Cost! with { Contradicting = new(0, 0) } }, followed);
        }

        Finding Rule(CueEvidence evidence) => CueVerdict.Of([evidence], accuracy: 0.96)[0].Finding;

        Assert.Equal(Finding.Shortcut, Rule(Of(Around, 0.52)));
        var ruling = CueVerdict.Of([Of(Around, 0.52)], accuracy: 0.96)[0];
        Assert.Contains(
            "; of those given the one of class 3, 52.0% more",
            SuspectReason.Of(ruling with { Evidence = ruling.Evidence with { Blind = new([], [], [.. Enumerable.Repeat((0.0, 0.0), 1000)]) } }));
        Assert.Equal(Finding.Undecided, Rule(Of(Around, 0.52) with { BlindAccuracy = new(700, 1000) }));
        // How one class looks may be what it is, and how it is shown may be how its images were taken.
        Assert.Equal(
            [Finding.None, Finding.Undecided, Finding.None], new[] { Of(Looks, 0.52), Of(new Style(), 0.3), Of(new Style(), 0.1) }.Select(Rule));
    }

    [Fact]
    public void A_size_that_tells_the_class_is_open_with_enough_images()
    {
        // Digits whose size is their class's in 95%: of 2,000 images 130 contradict it, of 10,000 there are 716.
        CueEvidence On(int images) => Evidence(new Size(), followed: 0.03, gain: 0.159, loss: -0.031, contradicting: images);

        Assert.Equal([Finding.None, Finding.Undecided, Finding.Undecided], new[] { 100, 716, 2000 }.Select(images => CueVerdict.Of(
            [On(images), .. Enumerable.Repeat(Evidence(Shown, followed: 0.05, gain: 0.02, loss: -0.02), 32)], accuracy: 0.95)
            .First(ruling => ruling.Evidence.Cue is Size).Finding));
    }

    [Fact]
    public void What_overrules_the_rest_of_the_image_is_a_shortcut_but_not_what_holds_nearly_all_of_it() => Assert.Equal(
        [Finding.Shortcut, Finding.None],
        new Cue[] { new HighFrequencies(), new LowFrequencies() }.Select(cue => Of(Evidence(cue, followed: 0.23, gain: 0.5, loss: -0.05))));

    [Fact]
    public void How_an_image_looks_must_mislead_more_than_it_helps()
    {
        Assert.Equal(Finding.Shortcut, Of(Evidence(Looks, followed: 0.15, gain: 0.58, loss: -0.2)));
        Assert.Equal(Finding.None, Of(Evidence(Looks, followed: 0.07, gain: 0.15, loss: -0.07)));
        // The estimate is beyond the margin, the interval is not.
        Assert.Equal(Finding.Undecided, Of(Evidence(Looks, followed: 0.07, gain: 0.17, loss: -0.05)));
    }

    [Fact]
    public void What_is_beyond_the_margin_for_one_cue_but_not_among_many_is_open()
    {
        var evidence = Evidence(new Size(), followed: 0.05, gain: 0.27, loss: -0.03);
        var others = Enumerable.Repeat(Evidence(Shown, followed: 0.05, gain: 0.02, loss: -0.02), 200);

        var ruling = CueVerdict.Of([evidence, .. others], accuracy: 0.95)[0];

        Assert.Equal((Finding.Undecided, evidence), (ruling.Finding, ruling.Evidence));
        // What may be the whole of what is shown is not open for that.
        Assert.DoesNotContain(CueVerdict.Of([evidence with { Cue = Shown }, .. others], accuracy: 0.95), one => one.Finding != Finding.None);
    }

    [Theory]
    [InlineData(0.18, Finding.Shortcut)]
    [InlineData(0.125, Finding.None)]
    public void How_something_is_shown_need_only_mislead_where_much_of_the_accuracy_surely_hangs_on_it(double lost, Finding finding)
    {
        // Clothes whose size is their class's in 95%: without it the network loses elsewhere what it wins here, and more.
        CueReliance Losing(double share) => new(Right(0.8), Right(0.8 - share));
        var reliance = Losing(lost) with { Blind = Losing(0.04) };
        CueEvidence Relied(Cue cue) => Evidence(cue, 0.035, gain: 0.08, loss: -0.12, classes: 10, contradicting: 1400) with { Reliance = reliance };

        Assert.Equal(finding, Of(Relied(new Size())));
        Assert.Equal(finding, Of(Relied(Looks)));
        Assert.Equal(Finding.None, Of(Relied(Shown)));
    }

    [Fact]
    public void A_frame_that_hardly_decides_is_a_shortcut_where_accuracy_hangs_on_it()
    {
        // Digits in frames of their class's colour: 0.8% follow, and ten points are lost with another's.
        var evidence = Evidence(Around, followed: 0.008, gain: 0.15, loss: -0.03, contradicting: 500, classes: 10);

        var reliance = new CueReliance(Right(0.95), Right(0.83)) { Blind = new(Right(0.94), Right(0.935)) };
        Assert.Equal((Finding.None, Finding.Shortcut), (Of(evidence), Of(evidence with { Reliance = reliance })));
    }

    [Theory]
    [InlineData(0.008, Finding.None)]
    [InlineData(0.012, Finding.Shortcut)]
    public void What_decides_next_to_nothing_is_no_shortcut(double followed, Finding finding)
    {
        // An honest network of clothes followed a corner into which hats reach: 0.8% (0.1 to 1.5) beyond its control.
        var evidence = Evidence(Around, followed, gain: 0.2, loss: -0.02) with { BlindAccuracy = new(800, 1000) };

        Assert.Equal(finding, Of(evidence));
    }

    [Theory]
    // Of 45 points beyond chance the cue alone has 42, and what is beside it 43; nine tenths are 40.5.
    [InlineData(0.92, 930, 0.15, Finding.Undecided)]
    [InlineData(0.9, 930, 0.15, Finding.None)]
    [InlineData(0.92, 900, 0.15, Finding.None)]
    // Of an honest network of sandals and coats, 8% of predictions follow how bright they are, which alone tells the two apart.
    [InlineData(0.92, 930, 0.08, Finding.None)]
    public void Where_the_cue_and_the_rest_say_the_same_which_is_meant_is_open(double alone, long without, double followed, Finding finding)
    {
        var evidence = Evidence(Looks, followed, gain: 0.04, loss: -0.04);
        var ruling = CueVerdict.Of(
            [evidence with { Reading = evidence.Reading with { Accuracy = alone }, BlindAccuracy = new(without, 1000) }], accuracy: 0.95)[0];

        Assert.Equal(finding, ruling.Finding);
        Assert.Equal(
            finding == Finding.Undecided,
            SuspectReason.Of(ruling with { Evidence = ruling.Evidence with { Blind = evidence.Followed } })
                .EndsWith("images in which they disagree would settle.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_may_be_shown_is_not_open_because_the_rest_says_the_same()
    {
        // Half of a digit says as much as the other: honest evidence often does.
        CueVerdict Ruling(Cue cue)
        {
            var evidence = Evidence(cue, followed: 0.15, gain: 0.04, loss: -0.04);
            var alone = evidence.Reading with { Accuracy = 0.92 };
            return CueVerdict.Of([evidence with { Reading = alone, BlindAccuracy = new(930, 1000) }], accuracy: 0.95)[0];
        }

        Assert.Equal((Finding.None, Finding.Undecided), (Ruling(Shown).Finding, Ruling(Looks).Finding));
    }

    [Fact]
    public void What_lies_beside_the_object_need_only_mislead()
    {
        var (beside, looks) = (Evidence(Around, followed: 0.1, gain: 0.2, loss: -0.18), Evidence(Looks, followed: 0.1, gain: 0.2, loss: -0.18));

        Assert.Equal((Finding.Shortcut, Finding.None), (Of(beside), Of(looks)));
    }

    [Fact]
    public void A_network_that_has_nothing_but_the_colour_is_accused_though_nothing_could_replace_it()
    {
        // Its features know nothing else: without the colour it guesses.
        var blind = Evidence(Looks, followed: 0.98, gain: 0.4, loss: -0.5);

        Assert.Equal(Finding.Shortcut, Of(blind));
        Assert.Equal(Finding.None, Of(Evidence(Shown, followed: 0.98, gain: 0.4, loss: -0.5)));
    }

    [Theory]
    [InlineData(2, 100, Finding.None)]
    [InlineData(10, 85, Finding.Shortcut)]
    [InlineData(10, 20, Finding.None)]
    public void Errors_that_the_cue_commands_count_where_they_could_be_others(int classes, int misled, Finding finding) =>
        Assert.Equal(finding, Of(Evidence(Looks, followed: 0.2, gain: 0.4, loss: -0.5, classes, misled)));

    [Theory]
    // Half of what lies beyond chance is 75% of two classes and 55% of ten; under half of chance the cue is turned round.
    [InlineData(0.74, 2, Finding.Undecided)]
    [InlineData(0.76, 2, Finding.Shortcut)]
    [InlineData(0.54, 10, Finding.Undecided)]
    [InlineData(0.56, 10, Finding.Shortcut)]
    [InlineData(0.06, 10, Finding.Undecided)]
    [InlineData(0.04, 10, Finding.Shortcut)]
    public void Who_learned_little_is_not_accused(double accuracy, int classes, Finding finding)
    {
        var evidence = Evidence(Around, followed: 0.6, gain: 0.6, loss: -0.02, classes) with { BlindAccuracy = new(800, 1000) };
        var ruling = CueVerdict.Of([evidence], accuracy)[0];

        Assert.Equal(finding, ruling.Finding);
        var reason = SuspectReason.Of(ruling with { Evidence = evidence with { Blind = evidence.Followed } });
        Assert.Equal(finding == Finding.Undecided, reason.EndsWith("like its own.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_balanced_difference_counts_both_groups_alike()
    {
        double[] mended = [.. Enumerable.Repeat(1.0, 20), .. Enumerable.Repeat(0.0, 78)];
        double[] lost = [.. Enumerable.Repeat(-1.0, 98), .. Enumerable.Repeat(0.0, 900)];

        var balanced = PairedDifference.Over(mended, lost, 1);

        // Means 20/98 and -98/998; adjusted 0.2 of variance (0.22 - 0.04) / 100 and -0.098 of (0.1 - 0.098^2) / 1000.
        Assert.Equal(((20 / 98.0) - (98 / 998.0)) / 2, balanced.Value, 9);
        Assert.Equal(0.051 - (1.959964 * Math.Sqrt(0.0018 + 0.000090396) / 2), balanced.Low, 6);
        Assert.Equal(0.5, PairedDifference.PValueOver(mended, lost, 1, 0.051), 9);
        Assert.Equal(1, PairedDifference.PValueOver([], lost, 1, 0));

        // The second group counted twice: (0.2 - 2 * 0.098) / 3 and the root of 0.0018 + 4 * 0.000090396, a third of it.
        var net = PairedDifference.Over(mended, lost, 2);
        Assert.Equal(((20 / 98.0) - (2 * 98 / 998.0)) / 3, net.Value, 9);
        Assert.Equal((0.004 / 3) - (1.959964 * Math.Sqrt(0.0018 + (4 * 0.000090396)) / 3), net.Low, 6);
        Assert.Equal(0.5, PairedDifference.PValueOver(mended, lost, 2, 0.004 / 3), 9);
    }

    private static bool[] Right(double share) => [.. Enumerable.Range(0, 1000).Select(at => at < Math.Round(1000 * share))];

    private static Finding Of(CueEvidence evidence) => CueVerdict.Of([evidence], accuracy: 0.95)[0].Finding;
}
