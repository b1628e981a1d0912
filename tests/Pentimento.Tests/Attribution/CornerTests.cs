using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

/// <summary>A network that reads nothing but a mark in a corner, whose brightness is the label: always right, and never by the digit.</summary>
public sealed class CornerTests
{
    private static readonly ImageSet Marked = Squares(label => (byte)Math.Round(label * 255 / 9.0));

    [Theory]
    [InlineData("hires-cam")]
    [InlineData("occlusion")]
    public void Focus_says_that_its_right_answers_rest_off_the_digit(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = CornerReader();
        var answers = Predictor.Classes(network, Marked, RunContext.OnCpu());

        var maps = Catalog.Read<AttributionMethod>(spec).ExplainSet(network, Marked, answers, "relu3", RunContext.OnCpu());
        var focus = EvidenceLocalization.Of(AttributionMethod.Evidence(maps, Marked.Shape), Marked, answers);

        Assert.Equal(Marked.Labels, answers);
        Assert.Equal((0, 1), (focus.Pointing.Value, focus.WrongReason.Value));
        // The logit of class 0 is always 0: its images have no evidence.
        Assert.Equal((2, 18L), (focus.NoEvidence, focus.WrongReason.Count));
    }

    [Fact]
    public void Recolouring_changes_what_it_answers_and_the_verdict_says_so()
    {
        using var scope = NewDisposeScope();
        using var network = CornerReader();
        var answers = Predictor.Classes(network, Marked, RunContext.OnCpu());
        var maps = new HiResCam().ExplainSet(network, Marked, answers, "relu3", RunContext.OnCpu());

        var recoloring = Recoloring.Of(network, Marked, Palette.Seed, RunContext.OnCpu());
        var verdict = AuditVerdict.Of([recoloring], EvidenceLocalization.Of(AttributionMethod.Evidence(maps, Marked.Shape), Marked, answers));

        Assert.True(recoloring.Low > 0.2, $"only {recoloring.FlipRate} of the recolourings change the answer.");
        Assert.Contains("100.0% of its right answers (82.4 to 100.0%) rest on evidence off the object", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_marks_recolouring_shows_that_nothing_moves_it()
    {
        using var scope = NewDisposeScope();
        using var network = CornerReader();
        var plain = Squares(_ => 0);

        var recoloring = Recoloring.Of(network, plain, Palette.Seed, RunContext.OnCpu());

        Assert.Null(recoloring.Shares);
        Assert.StartsWith(
            "It answers every image alike",
            AuditVerdict.Of([recoloring], EvidenceLocalization.Of(zeros(20, 28, 28), plain, plain.Labels)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Random_weights_take_the_corner_away()
    {
        using var network = CornerReader();

        using var maps = new HiResCam().ExplainSet(network, Marked, Marked.Labels, "relu3", RunContext.OnCpu());
        var test = ParameterRandomization.Of([new HiResCam()], [maps], network, Marked, Marked.Labels, "relu3", RunContext.OnCpu())[0];

        Assert.Equal(["fc2", "fc1", "conv3", "conv2", "conv1"], test.Layers);
        Assert.InRange(test.Left, -1, 0.5);
    }

    /// <summary>Squares in the label's colour, and a grey mark at the upper left.</summary>
    private static ImageSet Squares(Func<long, byte> mark)
    {
        long[] labels = [.. Enumerable.Range(0, 20).Select(at => (long)(at % 10))];
        var pixels = labels.SelectMany(label =>
        {
            var image = new byte[28 * 28 * 3];
            var color = Palette.Seed[label];
            for (var at = 0; at < 28 * 28; at++)
            {
                if (at / 28 is >= 12 and < 20 && at % 28 is >= 12 and < 20)
                    (image[3 * at], image[(3 * at) + 1], image[(3 * at) + 2]) = (color.Red, color.Green, color.Blue);
            }

            image.AsSpan(((2 * 28) + 2) * 3, 3).Fill(mark(label));
            return image;
        });
        return new("squares", [.. pixels], labels, labels, new(28, 28, 3));
    }

    /// <summary>Passes the grey through, reads the first of the nine pooled places as v = 9 times its light, and answers with the k nearest
    /// to v: the largest 2kv - k².</summary>
    private static Classifier CornerReader()
    {
        using var still = no_grad();
        var network = new Cnn3().Build(new(28, 28, 3), 10, new(0));
        foreach (var place in network.state_dict().Values) place.zero_();
        var weights = network.state_dict();
        weights["conv1.weight"][0, TensorIndex.Colon, 1, 1] = 1 / 3f;
        weights["conv2.weight"][0, 0, 1, 1] = 1;
        weights["conv3.weight"][0, 0, 1, 1] = 1;
        weights["fc1.weight"][0, 0] = 9;
        for (var k = 0; k < 10; k++) (weights["fc2.weight"][k, 0], weights["fc2.bias"][k]) = (2 * k, -k * k);
        return network;
    }
}
