using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Objectives;

/// <summary>DomainBed's losses and gradients on the oracle's two halves: coloured as in training, and the other way.</summary>
public sealed class InvarianceOracleTests
{
    private static double Expected(string name) => Oracle.Numbers.GetProperty("invariance").GetProperty(name).GetDouble();

    [Fact]
    public void Cross_entropies_and_scale_gradients_are_the_oracles()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var halves = Halves(network);

        for (var half = 0; half < 2; half++)
        {
            AssertRelative(Expected($"env{half}_cross_entropy"), halves[half].Risk());
            AssertRelative(Expected($"env{half}_dummy_gradient"), InvariantRisk.ScaleGradients(halves[half]).mean());
            AssertRelative(Expected($"env{half}_irm_penalty_squared_gradient"), InvariantRisk.ScaleGradients(halves[half]).mean().square());
        }
    }

    [Fact]
    public void Variance_risk_extrapolation_is_domainbeds_divided_by_the_weight()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var expected = Oracle.Numbers.GetProperty("invariance").GetProperty("vrex");

        var loss = new VarianceRiskExtrapolation(Weight: 10, WarmUp: 0).Of(Halves(network), 0);
        (loss.Value * 10).backward();

        AssertRelative(expected.GetProperty("loss").GetDouble(), loss.Value * 10);
        AssertRelative(expected.GetProperty("penalty").GetDouble(), loss.Penalty!);
        foreach (var name in new[] { "conv1.weight", "conv1.bias", "fc2.weight", "fc2.bias" })
            Oracle.AssertRelative($"grad_vrex.{name}", Gradient(network, name), 1e-4);
    }

    [Fact]
    public void Invariant_risk_of_split_halves_is_domainbeds()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var expected = Oracle.Numbers.GetProperty("invariance").GetProperty("irm");

        var loss = new InvariantRisk(100, 0, Softening: Softening.ResetMoments, Variant: InvarianceVariant.SplitHalf).Of(Halves(network), 0);
        loss.Value.backward();

        AssertRelative(expected.GetProperty("loss").GetDouble(), loss.Value);
        AssertRelative(expected.GetProperty("penalty").GetDouble(), loss.Penalty!);
        foreach (var (name, _) in network.named_parameters()) Oracle.AssertRelative($"grad_irm.{name}", Gradient(network, name), 1e-4);
    }

    [Fact]
    public void The_gradients_of_the_empirical_risk_are_pytorchs()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();

        new EmpiricalRisk().Of(Halves(network)[..1], 0).Value.backward();

        foreach (var (name, _) in network.named_parameters()) Oracle.AssertRelative($"grad_erm_env0.{name}", Gradient(network, name), 1e-4);
    }

    private static EnvironmentOutput[] Halves(Classifier network) => [.. new[] { 0L, 128 }.Select(start =>
    {
        var (images, labels) = Oracle.Batch(start, start + 128);
        return new EnvironmentOutput(network.call(images), labels);
    })];

    private static Tensor Gradient(Classifier network, string name) => network.named_parameters().First(pair => pair.name == name).parameter.grad!;

    private static void AssertRelative(double expected, Tensor ours) => Assert.Equal(expected, ours.item<float>(), Math.Abs(expected) * 1e-4);
}
