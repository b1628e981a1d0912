using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class ShortcutTestTests
{
    private static readonly ConfidenceInterval Still = new(0, 0, 0);

    // The control does nothing and has no width, so that the effect's own interval meets the margin of 0.05.
    [Theory]
    [InlineData(0.06, 0.20, Finding.Shortcut)]
    [InlineData(0.05, 0.20, Finding.Undecided)]
    [InlineData(0.04, 0.20, Finding.Undecided)]
    [InlineData(-0.01, 0.06, Finding.Undecided)]
    [InlineData(-0.01, 0.05, Finding.Undecided)]
    [InlineData(-0.01, 0.04, Finding.None)]
    [InlineData(-0.30, -0.10, Finding.None)]
    public void The_interval_meets_the_margin_and_not_the_estimate(double low, double high, Finding finding) =>
        Assert.Equal(finding, ShortcutTest.Of(new((low + high) / 2, low, high), Still));

    [Fact]
    public void An_effect_that_the_control_has_too_accuses_nobody() =>
        Assert.Equal(Finding.None, ShortcutTest.Of(new(0.60, 0.59, 0.61), new(0.60, 0.59, 0.61)));

    // The same effect and the same difference: a control of few images is not enough.
    [Theory]
    [InlineData(0.01, Finding.Shortcut)]
    [InlineData(0.20, Finding.Undecided)]
    public void A_wide_control_decides_nothing(double halfWidth, Finding finding) =>
        Assert.Equal(finding, ShortcutTest.Of(new(0.40, 0.38, 0.42), new(0.20, 0.20 - halfWidth, 0.20 + halfWidth)));

    // Newcombe, 1998, table II, (a): 56 of 70 against 48 of 80 differ by 0.2, with Wilson's intervals by 0.0524 to 0.3339 (his method 10).
    [Fact]
    public void The_difference_of_two_shares_is_Newcombes()
    {
        var (one, other) = (new Share(56, 70), new Share(48, 80));
        var excess = ShortcutTest.Excess(new(one.Value, one.Low, one.High), new(other.Value, other.Low, other.High));
        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(excess.Value, 4), Math.Round(excess.Low, 4), Math.Round(excess.High, 4)));
    }
}
