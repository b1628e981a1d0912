using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Findings;
using Pentimento.Training.Procedures;

namespace Pentimento.Tests.Reports.Findings;

/// <summary>Sentences follow from numbers: other numbers, other sentences.</summary>
public sealed class FindingsTests
{
    [Theory]
    [InlineData("rg_95z", "Each digit has its own colour in 95% of the images, otherwise another digit’s; no noise, no strokes.")]
    [InlineData(
        "gr_100h",
        "Each digit has its pair’s other colour always (a 0 that of a 1, a 1 that of a 0, and so on to 8 and 9); "
            + "noise on 80% of the images, random strokes on 60%.")]
    [InlineData("bw_100z", "White digits: no colour to rely on; no noise, no strokes.")]
    [InlineData("un_0e", "Any digit’s colour at random: the colour carries no information; noise on 70% of the images, random strokes on 50%.")]
    public void A_datasets_name_is_explained(string name, string meaning) => Assert.Equal(meaning, DatasetDescription.Of(name));

    [Fact]
    public void Numbers_are_written_as_people_read_them()
    {
        Assert.Equal("95.2%", Numbers.Percent(0.9523));
        Assert.Equal("9,523 of 10,000", Numbers.Counts(new(9523, 10_000)));
        Assert.Equal("94.8 to 95.6%", Numbers.Interval(0.948, 0.956));
        Assert.Equal(["3.5 s", "34 s", "1 min 0 s", "2 min 5 s"], new[] { 3.52, 34.4, 59.7, 125 }.Select(Numbers.Duration));
        Assert.Equal("–", Numbers.Decimal(null, 2));
    }

    [Theory]
    [InlineData(100, 300, "fooled more often")]
    [InlineData(300, 100, "fooled less often")]
    [InlineData(200, 210, "no significant difference between the networks")]
    public void Attacks_are_compared_by_their_intervals(int lazy, int repaired, string finding) =>
        Assert.Contains(
            finding,
            Assert.Single(AttackFindings.Compare([Attack("lazy", lazy), Attack("repaired", repaired)])),
            StringComparison.Ordinal);

    [Fact]
    public void Robustness_is_claimed_only_where_attacks_fail()
    {
        Assert.StartsWith(
            "Cured of a shortcut is not robust",
            AttackFindings.Conclusion([Attack("lazy", 400), Attack("repaired", 200)]),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "This attack rarely fools",
            AttackFindings.Conclusion([Attack("lazy", 400), Attack("repaired", 5)]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, 0.2, "the lazy network seems to have more evidence on the digit")]
    [InlineData(0.2, 0.3, "the repaired network has more evidence on the digit")]
    [InlineData(0.2, 0.205, "no significant difference between the two")]
    public void Localizations_are_compared_by_their_intervals(double lazy, double repaired, string finding) =>
        Assert.Contains(
            finding,
            Assert.Single(LocalizationFindings.Of([Localization("lazy", lazy), Localization("repaired", repaired)])),
            StringComparison.Ordinal);

    [Fact]
    public void A_network_without_evidence_is_not_compared() =>
        Assert.Contains(
            "nothing can be compared",
            Assert.Single(
                LocalizationFindings.Of([new("lazy", "rg_95z", new(9, 9, null, null, null, 0.1, default, default)), Localization("repaired", 0.2)])),
            StringComparison.Ordinal);

    [Fact]
    public void Shares_of_an_error_split_come_back_as_counts()
    {
        var split = new ErrorSplit(Correct: 950, Wrong: 50, Precision: 0.9, Recall: 0.75);

        Assert.Equal(new Share(45, 50), SplitFindings.Precision(split));
        Assert.Equal(new Share(45, 60), SplitFindings.Recall(split));
        Assert.Null(SplitFindings.Recall(split with { Precision = null, Recall = null }));
    }

    private static NetworkAttack Attack(string network, int fooled)
    {
        var share = new Share(fooled, 500);
        return new(network, new AttackResult(new Pgd(), "rg_95z", null, null, 500, 500, share.Value, share.Low, share.High, 1.8, 0.05));
    }

    private static NetworkLocalization Localization(string network, double share) =>
        new(network, "rg_95z", new EvidenceLocalization(100, 0, share, share - 0.01, share + 0.01, 0.12, default, default));
}
