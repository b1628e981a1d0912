using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Discovery;

/// <summary>Five classes, each a bar at a place of its own, of which one was taken with another camera.</summary>
public sealed class OneCameraTests
{
    private const int Classes = 5;
    private const int Side = 16;
    private const int Taken = 1;

    [Fact]
    public void A_class_that_is_told_by_its_camera_is_seen_where_neither_blur_nor_ground_alone_is_followed()
    {
        var found = Rule(Network(readsCamera: true));

        Assert.Equal([("style", Finding.Undecided)], found.Where(one => one.Finding != Finding.None));
    }

    [Fact]
    public void A_few_images_of_that_class_from_the_usual_camera_show_what_it_costs()
    {
        var found = Rule(Network(readsCamera: true), usual: 0.1);

        Assert.Equal(("style", Finding.Shortcut), found[0]);
        Assert.Equal(Finding.None, Rule(Network(readsCamera: false), usual: 0.1)[0].Finding);
    }

    [Fact]
    public void A_network_that_reads_the_bars_is_accused_of_nothing() =>
        Assert.All(Rule(Network(readsCamera: false)), one => Assert.Equal(Finding.None, one.Finding));

    [Theory]
    [InlineData(0.02, Finding.Undecided)]
    [InlineData(0.06, Finding.None)]
    [InlineData(0.4, Finding.None)]
    public void What_donors_of_other_classes_command_too_is_not_one_class_s_camera(double others, Finding finding)
    {
        var written = WrittenEvidence.Evidence(new Style(), 0.05, gain: 0, loss: 0, contradicting: 0);
        var one = WrittenEvidence.Hanging(
            written with { BlindAccuracy = new(950, 1000), Cost = written.Cost! with { Contradicting = new(0, 0) } }, 0.4);
        var followed = one.Followed.PerDonor.Select((pair, at) =>
            (one.Followed.Donors[at].First != 3 && at / 10 < 100 * others ? 1.0 : pair.First, pair.Second));

        var ruling = CueVerdict.Of([one with { Followed = one.Followed with { PerDonor = [.. followed] } }], 0.96)[0];

        Assert.Equal(finding, ruling.Finding);
    }

    [Theory]
    [InlineData(20, 0.15, Finding.Undecided)]
    [InlineData(500, 0.15, Finding.Shortcut)]
    [InlineData(500, 0, Finding.None)]
    public void What_a_camera_costs_is_open_until_enough_images_contradict_it(int contradicting, double gain, Finding finding)
    {
        var written = WrittenEvidence.Evidence(new Style(), 0.05, gain, loss: 0, contradicting: contradicting);
        var cost = written.Cost! with { Contradicting = new(contradicting / 2, contradicting) };

        var ruling = CueVerdict.Of([WrittenEvidence.Hanging(written with { Cost = cost }, 0.4)], 0.96)[0];

        Assert.Equal(finding, ruling.Finding);
    }

    [Fact]
    public void Both_networks_are_right_about_every_image()
    {
        var set = Images();
        foreach (var reads in (bool[])[true, false])
        {
            using var network = Network(reads);
            Assert.Equal(1, Predictions.Of(network, set, RunContext.OnCpu()).Accuracy.Value);
        }
    }

    private static IReadOnlyList<(string Cue, Finding Finding)> Rule(Classifier network, double usual = 0)
    {
        using var mine = network;
        Cue[] cues = [new Style(), new Background(), new Sharpness(), new Brightness()];
        var evidence = new CueSearch(cues).Of(network, Images(usual), RunContext.OnCpu());
        return [.. CueVerdict.Of(evidence, 1 - (usual / Classes)).Select(ruling => (Both.NameOf(ruling.Evidence.Cue), ruling.Finding))];
    }

    /// <summary>Of the class that another camera took a share is from the usual one.</summary>
    private static ImageSet Images(double usual = 0)
    {
        const int Count = 1000;
        var dice = new SplitMix64(new(1));
        var (pixels, labels) = (new byte[Count * Side * Side * 3], new long[Count]);
        for (var at = 0; at < Count; at++)
        {
            labels[at] = at % Classes;
            var picture = new byte[Side * Side];
            var height = 6 + dice.Below(4);
            for (var row = 4; row < 4 + height; row++) picture[(row * Side) + 3 + (2 * (int)labels[at])] = (byte)(200 + dice.Below(50));
            var image = new PlantedImage(picture, new(Side, Side, 1));
            if (labels[at] == Taken && dice.Uniform() >= usual) image.Retake(ref dice);
            image.Pixels.CopyTo(pixels.AsSpan(at * Side * Side * 3));
        }

        return new("bars", pixels, labels, [], new(Side, Side, 3));
    }

    /// <summary>It adds up the bars; one that reads the camera does not look at the bar of the class that has it.</summary>
    private static Classifier Network(bool readsCamera) => new(
        new Cnn3(), new(Side, Side, 3), Classes,
        [
            new Layer("features", LayerKind.Other, (x, _) => Features(x), Maps: false),
            new Layer("logits", LayerKind.Other, (x, _) => Logits(x, readsCamera), Maps: false),
        ]);

    private static Tensor Features(Tensor images)
    {
        var bars = stack([.. Enumerable.Range(0, Classes).Select(at => images.select(1, 0).slice(1, 4, 10, 1).select(2, 3 + (2 * at)).mean([1]))], 1);
        var ground = images.slice(2, 13, 16, 1).mean([1, 2, 3]).unsqueeze(1);
        var beside = images.select(1, 0).slice(1, 4, 10, 1).slice(2, 1, 15, 1);
        // How far the brightest pixel of a row stands out from its neighbours.
        var edge = beside.diff(1, 2).abs().amax([2]).mean([1]).unsqueeze(1);
        return cat([bars, (ground > 0.03).to_type(float32) * (edge < 0.5).to_type(float32)], 1);
    }

    private static Tensor Logits(Tensor features, bool readsCamera)
    {
        var bars = features.slice(1, 0, Classes, 1);
        var other = zeros_like(bars);
        other.select(1, Taken).copy_(features.select(1, Classes) * 2);
        var seen = ones([1, Classes], float32);
        seen[0, Taken] = readsCamera ? 0 : 4;
        return 10 * ((bars * seen) + (readsCamera ? other : 0 * other));
    }
}
