using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Attribution.SanityChecks;

public sealed class SanityCheckVerdictsTests
{
    [Theory]
    [InlineData(0.49, "Maps that change as the network forgets what it learned: grad-cam.")]
    [InlineData(0.5, "Maps that draw much the same map for random weights and so show no learning: grad-cam.")]
    [InlineData(0.51, "Maps that draw much the same map for random weights and so show no learning: grad-cam.")]
    public void Maps_that_correlate_with_those_of_random_weights_fail(double similarity, string verdict) =>
        Assert.Equal(verdict, Of(similarity: similarity).Randomization);

    [Theory]
    [InlineData(-0.01, "Maps that mark pixels that matter no more than others: grad-cam.")]
    [InlineData(0, "Maps that mark pixels that matter no more than others: grad-cam.")]
    [InlineData(0.01, "Maps that mark pixels that matter to the answer: grad-cam.")]
    public void The_gain_must_surely_be_positive(double low, string verdict) => Assert.Equal(verdict, Of(low: low).Removal);

    [Theory]
    [InlineData(0.49, "Maps that stand still under noise of a fiftieth of the range: grad-cam.")]
    [InlineData(0.5, "Maps that turn into another map under noise that nobody sees: grad-cam.")]
    public void Maps_that_change_by_half_fail(double change, string verdict) => Assert.Equal(verdict, Of(change: change).Sensitivity);

    [Fact]
    public void Passed_and_failed_methods_share_a_sentence()
    {
        var report = Report([("integrated-gradients:steps=5", 0.1), ("eigen-cam", 0.9)]);

        Assert.Equal(
            "Maps that change as the network forgets what it learned: integrated-gradients; that draw much the same map for random weights and "
                + "so show no learning: eigen-cam.",
            SanityCheckVerdicts.Of(report).Randomization);
        Assert.Equal("The rank correlation of the two methods' maps is 0.25.", SanityCheckVerdicts.Of(report).Agreement);
    }

    [Fact]
    public void Of_blank_maps_nothing_is_said_but_that_they_are()
    {
        var report = Report([("grad-cam", 0.1), ("eigen-cam", 0.1)]);

        var one = SanityCheckVerdicts.Of(report with { Blank = [Method("eigen-cam")] });
        var all = SanityCheckVerdicts.Of(report with { Blank = report.Methods });

        Assert.Equal(
            "Maps that change as the network forgets what it learned: grad-cam. Blank, with the same evidence everywhere: eigen-cam.",
            one.Randomization);
        Assert.Equal(
            ("No map has evidence to check. Blank, with the same evidence everywhere: grad-cam, eigen-cam.", "No map has evidence to check."),
            (all.Randomization, all.Removal));
        Assert.All([one, all], verdicts => Assert.StartsWith("One method alone", verdicts.Agreement, StringComparison.Ordinal));
    }

    [Fact]
    public void One_method_agrees_with_nobody() => Assert.Equal("One method alone agrees with nobody: give a second.", Of().Agreement);

    [Fact]
    public void Of_three_methods_the_most_and_the_least_alike_are_named()
    {
        var report = Report([("grad-cam", 0), ("eigen-cam", 0), ("layer-cam", 0)]) with { Agreement = [[1, 0.9, 0.3], [0.9, 1, 0.6], [0.3, 0.6, 1]] };

        Assert.Equal(
            "Methods agree with a mean rank correlation of 0.60: most grad-cam and eigen-cam (0.90), least grad-cam and layer-cam (0.30).",
            SanityCheckVerdicts.Of(report).Agreement);
    }

    private static SanityCheckVerdicts Of(double similarity = 0, double low = 0, double change = 0) =>
        SanityCheckVerdicts.Of(Report([("grad-cam", similarity)], low, change));

    private static SanityCheckReport Report((string Name, double Similarity)[] methods, double low = 0, double change = 0) => new(
        "lazy", "rg_95z", 10, "relu3", [.. methods.Select(method => Method(method.Name))],
        [.. methods.Select(method => new ParameterRandomization(Method(method.Name), ["fc2"], [method.Similarity]))],
        [.. methods.Select(method => new RemovalCurves(Method(method.Name), [], [], [], low + 0.1, low, low + 0.2))],
        [.. methods.Select(method => new NoiseSensitivity(Method(method.Name), change))],
        [.. methods.Select((_, one) => methods.Select((_, other) => one == other ? 1 : 0.25).ToArray())]);

    private static AttributionMethod Method(string name) => Catalog.Read<AttributionMethod>(name);
}
