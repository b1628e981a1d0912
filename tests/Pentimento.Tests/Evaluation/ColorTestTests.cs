using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class ColorTestTests
{
    private static readonly ConfidenceInterval Still = new(0, 0, 0);
    private static readonly Share Most = new(900, 1000);
    private static readonly ConfidenceInterval Helped = new(0.9, 0.8, 1);

    // Against a control that does nothing the effect's own interval meets the margin of 0.05.
    [Theory]
    [InlineData(0.06, 0.20, Finding.Shortcut)]
    [InlineData(0.05, 0.20, Finding.Undecided)]
    [InlineData(0.04, 0.06, Finding.Undecided)]
    [InlineData(0.01, 0.05, Finding.Undecided)]
    [InlineData(0.01, 0.04, Finding.None)]
    public void The_interval_meets_the_margin(double low, double high, Finding finding) =>
        Assert.Equal(finding, Of(new((low + high) / 2, low, high), Still).Finding);

    [Fact]
    public void A_control_below_zero_accuses_nobody() =>
        Assert.Equal(Finding.None, Of(new(0.02, 0.01, 0.03), new(-0.2, -0.21, -0.19)).Finding);

    [Fact]
    public void What_greys_do_as_well_is_no_finding() =>
        Assert.Equal(Finding.Undecided, Of(new(0.4, 0.38, 0.42), new(0.4, 0.38, 0.42)).Finding);

    // Yellow and navy: greys as bright tell them apart as well as their hues do.
    [Theory]
    [InlineData(0.51, Finding.Shortcut)]
    [InlineData(0.50, Finding.Undecided)]
    public void Where_brightness_tells_colours_apart_hues_of_one_brightness_decide(double low, Finding finding) =>
        Assert.Equal(finding, Of(new(1, 0.99, 1), new(1, 0.99, 1), new(0.6, low, 0.7)).Finding);

    [Theory]
    [InlineData(723, Finding.Undecided)]
    [InlineData(724, Finding.Shortcut)]
    public void Images_that_paint_itself_changes_are_not_judged(long kept, Finding finding) =>
        Assert.Equal(finding, ColorTest.Of(new(0.9, 0.89, 0.91), Grey(Still), Still, new(kept, 1000), 10, Most, Helped, 0.1).Finding);

    [Theory]
    [InlineData(1, Finding.Undecided)]
    [InlineData(2, Finding.Shortcut)]
    public void At_least_two_colours_must_occur(int colors, Finding finding) =>
        Assert.Equal(finding, ColorTest.Of(new(0.9, 0.89, 0.91), Grey(Still), Still, Most, colors, Most, Helped, 0.1).Finding);

    // The interval of 120 of 1000 begins at 10.1%, that of 118 at 9.9%.
    [Theory]
    [InlineData(118, Finding.Undecided)]
    [InlineData(120, Finding.None)]
    public void Who_reads_nothing_has_no_clean_bill(long right, Finding finding) =>
        Assert.Equal(finding, ColorTest.Of(Still, Grey(Still), Still, Most, 10, new(right, 1000), Helped, 0.1).Finding);

    [Theory]
    [InlineData(0.66, Finding.Undecided)]
    [InlineData(0.67, Finding.Shortcut)]
    public void Whom_the_colour_does_not_help_takes_no_shortcut(double low, Finding finding) =>
        Assert.Equal(finding, ColorTest.Of(new(0.9, 0.89, 0.91), Grey(Still), new(0.9, 0.89, 0.91), Most, 10, Most, new(0.8, low, 0.9), 0.1).Finding);

    private static ColorTest Of(ConfidenceInterval followed, ConfidenceInterval control, ConfidenceInterval? equalLight = null) =>
        ColorTest.Of(followed, Grey(control), equalLight ?? Still, Most, 10, Most, Helped, 0.1);

    private static Control Grey(ConfidenceInterval of) => new("greys", of.Value, of.Low, of.High, 1000);
}
