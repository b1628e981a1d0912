using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;

namespace Pentimento.Tests.Discovery;

/// <summary>What is said over all cues.</summary>
public sealed class DiscoveryVerdictTests
{
    [Fact]
    public void Where_nothing_is_accused_it_names_what_is_followed_most()
    {
        var verdict = Verdict(Ruling(new Spectrum(), 0.2), Ruling(new LowFrequencies(), 0.3), Ruling(new Border(), 0.01));

        Assert.StartsWith("No shortcut was found among 3 cues; one that decides at least", verdict, StringComparison.Ordinal);
        Assert.EndsWith(
            "Followed most: low-frequencies, by 30.0% of predictions. That is no fault: where it contradicts the label, a network that cannot use it"
                + " does no better.", verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.012, "images that agree counted twice, not using it adds 1.2%.")]
    [InlineData(-0.006, "images that agree counted twice, not using it loses 0.6%.")]
    public void What_helps_as_much_as_it_misleads_is_said_with_what_it_adds(double net, string end)
    {
        var ruling = Ruling(new Spectrum(), 0.3);
        var cost = ruling.Evidence.Cost! with { Gain = new(0.29, 0.24, 0.33), Net = new(net, net - 0.01, net + 0.01) };

        Assert.EndsWith(end, Verdict(ruling with { Evidence = ruling.Evidence with { Cost = cost } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_decides_next_to_nothing_is_not_named() =>
        Assert.EndsWith("would have been seen.", Verdict(Ruling(new Spectrum(), 0.01)), StringComparison.Ordinal);

    private static string Verdict(params CueVerdict[] rulings) => DiscoveryVerdict.Of(rulings, Finding.None, 0.02);

    private static CueVerdict Ruling(Cue cue, double followed)
    {
        double[] differences = [.. Enumerable.Range(0, 1000).Select(at => at < followed * 1000 ? 1.0 : 0)];
        var words = new CuePredictions([], [], 0.9, 0.5, 1e-9, new HashSet<long>());
        var nothing = new ConfidenceInterval(0, -0.02, 0.02);
        return new(new CueEvidence(cue, words, words, new(differences, [], []), 0.1)
        {
            Classes = 2,
            Blind = new(Array.ConvertAll(differences, _ => 0.0), [], []),
            Cost = new(new(90, 100), new(60, 100), new(60, 100), new(60, 100), nothing, nothing, 1, 1, new(1, 40), new(1, 40), nothing, nothing, 1),
        }, 1, Finding.None);
    }
}
