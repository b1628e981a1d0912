using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Findings;

namespace Pentimento.Tests.Reports.Findings;

public sealed class VerdictTests
{
    private static readonly ConfidenceInterval Nothing = new(0, 0, 0.01);
    private static readonly NetworkAudit Lazy = Audit(0.96, 0.10);

    [Theory]
    [InlineData(0.00, 0.95, "The lazy network reads the colour, not the digit. The repaired one reads the digit.")]
    [InlineData(0.00, 0.30, "The lazy network reads the colour, not the digit. The repaired one does not follow it, but reads digits badly.")]
    [InlineData(0.00, 0.10, "The lazy network reads the colour, not the digit. The repaired one reads nothing: it is at chance.")]
    [InlineData(0.30, 0.80, "The lazy network reads the colour, not the digit. The repaired one still leans on it, though less.")]
    [InlineData(0.96, 0.10, "The lazy network reads the colour, not the digit. The repaired one does no better.")]
    [InlineData(0.05, 0.80, "The lazy network reads the colour, not the digit. Whether the repaired one is free of it cannot be told.")]
    public void The_headline_says_of_the_repaired_network_what_its_test_found(double followed, double right, string title) =>
        Assert.Equal(title, Verdict.TitleOf(Lazy, Audit(followed, right)));

    [Fact]
    public void A_first_network_without_a_shortcut_is_not_accused() =>
        Assert.StartsWith("No shortcut found", Verdict.TitleOf(Audit(0, 0.95), Audit(0, 0.95)), StringComparison.Ordinal);

    [Fact]
    public void Of_one_at_chance_nothing_is_said() =>
        Assert.Equal("Whether the lazy network has a shortcut cannot be told.", Verdict.TitleOf(Audit(0, 0.1), Audit(0, 0.95)));

    private static NetworkAudit Audit(double followed, double right)
    {
        ConfidenceInterval around = new(followed, followed - 0.01, followed + 0.01);
        var test = ColorTest.Of(
            around, new("greys", 0, 0, 0.01, 1000), followed > 0.5 ? around : Nothing, new(1000, 1000), 10,
            new((long)(1000 * right), 1000), new(1, 1, 1), 0.1);
        var recoloring = new Recoloring(1000, "digit", followed, followed, followed, default, default) { Test = test };
        return new("lazy", "gr_95z", recoloring, new([], [], 0)) { Finding = test.Finding };
    }
}
