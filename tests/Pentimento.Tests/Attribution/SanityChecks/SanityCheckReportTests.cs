using Pentimento.Attribution;
using Pentimento.Attribution.SanityChecks;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Tests.Attribution.SanityChecks;

public sealed class SanityCheckReportTests
{
    // 64x64 pixels are no large picture yet.
    [Theory]
    [InlineData(8, 8, 17)]
    [InlineData(64, 64, 17)]
    [InlineData(64, 65, 16)]
    public void Of_large_pictures_what_is_repeated_often_is_measured_on_the_first_few(int height, int width, int repeated)
    {
        var set = new ImageSet(
            "noise", [.. Enumerable.Range(0, 17 * height * width).Select(at => (byte)(at * 7919 % 251))], new long[17], [], new(height, width, 1));
        using var network = new Mlp("").Build(set.Shape, 2, new(1));

        var report = SanityCheckReport.Of(
            "tiny", network, [new InputGradient(), new GradientTimesInput()], set, set.Labels, "", RunContext.OnCpu());

        Assert.Equal((17, repeated), (report.Count, report.Repeated));
        Assert.Equal((2, 2, 2), (report.Randomization.Count, report.Removal.Count, report.Sensitivity.Count));
        // A method agrees with itself, and with another as the other does with it.
        Assert.Equal((1, 1), (Math.Round(report.Agreement[0][0], 9), Math.Round(report.Agreement[1][1], 9)));
        Assert.Equal(report.Agreement[0][1], report.Agreement[1][0], 1e-9);
    }

    [Fact]
    public void Maps_without_evidence_are_blank()
    {
        var set = new ImageSet("noise", [.. Enumerable.Range(0, 5 * 64).Select(at => (byte)(at * 7919 % 251))], new long[5], [], new(8, 8, 1));
        using var network = new Mlp("").Build(set.Shape, 2, new(1));
        using var nothing = TorchSharp.torch.zeros(2, 64);
        using var bias = TorchSharp.torch.zeros(2);
        AttributionMethod[] methods = [new InputGradient(), new GradientTimesInput()];
        IReadOnlyList<AttributionMethod> Blank() => SanityCheckReport.Of("tiny", network, methods, set, set.Labels, "", RunContext.OnCpu()).Blank;

        Assert.Empty(Blank());
        network.PutLast(nothing, bias);
        Assert.Equal(methods, Blank());
    }

    [Fact]
    public void The_larger_the_network_and_the_more_the_methods_the_fewer_images()
    {
        using var small = TinyProblem.Network();
        using var large = new Cnn3().Build(new(224, 224, 3), 10, new(1));

        Assert.Equal(100, SanityCheckReport.ImagesOf(small, 5));
        Assert.Equal((1L << 38) / (8 * 3 * 7 * BatchSize.Bytes(large)), SanityCheckReport.ImagesOf(large, 8));
        Assert.InRange(SanityCheckReport.ImagesOf(large, 8), 5, 99);
        Assert.Equal(4, SanityCheckReport.ImagesOf(large, 1000));
    }
}
