using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

/// <summary>Every method without randomness against maps computed from the papers' formulas by <c>Oracle/attributions.py</c>.</summary>
public sealed class AttributionOracleTests
{
    private static readonly int[] Places = [0, 3, 40, 130, 200, 255];
    private static readonly IReadOnlyDictionary<string, NpyArray> Expected = Npz.Read(Oracle.At("attributions.npz"));

    public static TheoryData<string> Everyone => [.. Expected.Keys.Where(name => name != "targets")];

    [Theory, MemberData(nameof(Everyone))]
    public void Maps_are_those_of_the_papers_formula(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var targets = (long[])Expected["targets"].Data;

        var maps = Catalog.Read<AttributionMethod>(spec).ExplainSet(network, Oracle.Images.Pick(Places), targets, "relu3", RunContext.OnCpu());

        var expected = tensor((float[])Expected[spec].Data).view(Expected[spec].Shape);
        Assert.Equal(expected.shape, maps.shape);
        // float32 against float64: the largest value of any of these maps is 31.
        var worst = (expected - maps).abs().max().item<float>() / Math.Max(1, expected.abs().max().item<float>());
        Assert.True(worst < 1e-5, $"{spec} is off by {worst} of its largest value.");
    }

    [Fact]
    public void Integrated_gradients_sum_to_the_logit_gained_and_more_steps_come_closer()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var set = Oracle.Images.First(20);

        double Gap(int steps)
        {
            var maps = new IntegratedGradients(steps).ExplainSet(network, set, set.Labels, "relu3", RunContext.OnCpu());
            return IntegratedGradients.CompletenessGap(network, set, set.Labels, maps, RunContext.OnCpu());
        }

        Assert.InRange(Gap(50), 0, 0.02);
        Assert.True(Gap(50) < Gap(5), "50 steps are no better than 5.");
    }
}
