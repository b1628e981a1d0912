using Pentimento.Foundation.Configuration;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Objectives;

/// <summary>Losses worked out by hand on two environments of a few images.</summary>
public sealed class ObjectiveTests
{
    // Two classes; with logits (ln 3, 0) the first has probability 3/4. Environment a is right once in two, b always.
    private static readonly double Sure = Math.Log(3);
    private static readonly double RiskA = (-Math.Log(0.75) - Math.Log(0.25)) / 2;
    private static readonly double RiskB = -Math.Log(0.75);

    [Fact]
    public void Empirical_risk_is_the_mean_of_the_environments_cross_entropies() =>
        Assert.Equal((RiskA + RiskB) / 2, Value(new EmpiricalRisk()), 1e-6);

    [Fact]
    public void Variance_risk_extrapolation_adds_the_variance_of_the_risks()
    {
        var variance = Math.Pow((RiskA - RiskB) / 2, 2);

        // During warm-up the variance weighs 1; afterwards the sum is divided by the weight.
        Assert.Equal(((RiskA + RiskB) / 2) + variance, Value(new VarianceRiskExtrapolation(10, 5), step: 4), 1e-6);
        Assert.Equal((((RiskA + RiskB) / 2) + (10 * variance)) / 10, Value(new VarianceRiskExtrapolation(10, 5), step: 5), 1e-6);
        Assert.Equal(((RiskA + RiskB) / 2) + (0.5 * variance), Value(new VarianceRiskExtrapolation(0.5, 0)), 1e-6);
        Assert.Equal(variance, Penalty(new VarianceRiskExtrapolation(10, 5)), 1e-6);
    }

    [Fact]
    public void Invariant_risk_adds_the_squared_gradient_by_a_scale()
    {
        // d/ds at 1 of the cross-entropy: E_p z - z_label, z = (ln 3, 0), p = (3/4, 1/4).
        var (right, wrong) = ((0.75 * Sure) - Sure, 0.75 * Sure);
        var penalty = (Math.Pow((right + wrong) / 2, 2) + Math.Pow(right, 2)) / 2;

        Assert.Equal((((RiskA + RiskB) / 2) + (100 * penalty)) / 100, Value(new InvariantRisk(100, 0)), 1e-6);
        Assert.Equal(((RiskA + RiskB) / 2) + penalty, Value(new InvariantRisk(100, 500), step: 499), 1e-6);
        Assert.Equal(penalty, Penalty(new InvariantRisk(100, 0)), 1e-6);
    }

    [Fact]
    public void Split_halves_multiply_the_mean_of_every_second_image_with_that_of_the_others()
    {
        // a: its right image times its wrong one, a negative penalty; b: the square of a right one.
        var (right, wrong) = ((0.75 * Sure) - Sure, 0.75 * Sure);

        Assert.Equal(((right * wrong) + (right * right)) / 2, Penalty(new InvariantRisk(100, 0, Variant: InvarianceVariant.SplitHalf)), 1e-6);
        Assert.Throws<BadInputException>(() =>
        {
            using var scope = NewDisposeScope();
            new InvariantRisk(Variant: InvarianceVariant.SplitHalf).Of([new(zeros(1, 2), zeros(1, int64))], 0);
        });
    }

    [Fact]
    public void Sums_and_differences_are_the_authors_scaling()
    {
        var squared = Math.Pow(RiskA - RiskB, 2);

        Assert.Equal(((RiskA + RiskB) + (7 * squared)) / 7, Value(new VarianceRiskExtrapolation(7, 0, Scaling: RiskScaling.SumDifference)), 1e-6);
        Assert.Equal(squared, Penalty(new VarianceRiskExtrapolation(Scaling: RiskScaling.SumDifference)), 1e-6);
        Assert.Equal(
            (((RiskA + RiskB) / 2) + (7 * squared)) / 7, Value(new VarianceRiskExtrapolation(7, 0, Scaling: RiskScaling.MeanDifference)), 1e-6);
    }

    [Fact]
    public void The_jump_after_warm_up_is_treated_as_configured()
    {
        var squared = Math.Pow((RiskA - RiskB) / 2, 2);
        var reset = new VarianceRiskExtrapolation(10, 5, Early: 0, Softening.ResetMoments);

        Assert.Equal((RiskA + RiskB) / 2, Value(reset, step: 4), 1e-6);
        Assert.Equal(((RiskA + RiskB) / 2) + (10 * squared), Value(reset, step: 5), 1e-6);
        Assert.Equal([false, true, false], new[] { 4, 5, 6 }.Select(reset.ResetsOptimizer));
        Assert.False(new VarianceRiskExtrapolation(10, 5).ResetsOptimizer(5));
        // Nothing to forget where there was no step.
        Assert.False((reset with { WarmUp = 0 }).ResetsOptimizer(0));
    }

    [Fact]
    public void Group_weights_follow_the_risks()
    {
        using var scope = NewDisposeScope();
        var state = new GroupDro(StepSize: 2).Begin();
        // After the first step the weights are as exp(2 risk); after the second as exp(4 risk).
        double Expected(double exponent)
        {
            var (a, b) = (Math.Exp(exponent * RiskA), Math.Exp(exponent * RiskB));
            return ((a * RiskA) + (b * RiskB)) / (a + b);
        }

        Assert.Equal(Expected(2), state.Of(Two(), 0).Value.item<float>(), 1e-6);
        Assert.Equal(Expected(4), state.Of(Two(), 1).Value.item<float>(), 1e-6);
        // What was kept is handed back as float64.
        var resumed = new GroupDro(StepSize: 2).Begin();
        resumed.Buffers = [.. state.Buffers.Select(kept => kept.to_type(float64))];
        Assert.Equal(Expected(6), resumed.Of(Two(), 2).Value.item<float>(), 1e-6);
    }

    [Fact]
    public void Spectral_decoupling_adds_the_mean_square_of_the_logits() =>
        Assert.Equal(((RiskA + RiskB) / 2) + (0.5 * Sure * Sure / 2), Value(new SpectralDecoupling(0.5)), 1e-6);

    [Fact]
    public void The_gradient_by_a_scale_is_what_a_small_change_of_scale_gives()
    {
        using var scope = NewDisposeScope();
        var (logits, labels) = (
            randn([20, 5], float64, generator: new Seed(1).On(CPU)),
            tensor(Enumerable.Range(0, 20).Select(at => (long)(at % 5)).ToArray()));

        var difference = (new EnvironmentOutput(logits * 1.00001, labels).Risk() - new EnvironmentOutput(logits * 0.99999, labels).Risk()) / 2e-5;

        Assert.Equal(difference.item<double>(), InvariantRisk.ScaleGradients(new(logits, labels)).mean().item<double>(), 1e-7);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Generalized_cross_entropy_is_one_minus_the_power_of_the_probability(double q)
    {
        double Of(double p) => (1 - Math.Pow(p, q)) / q;

        Assert.Equal((((Of(0.75) + Of(0.25)) / 2) + Of(0.75)) / 2, Value(new GeneralizedCrossEntropy(q)), 1e-6);
    }

    [Fact]
    public void Generalized_cross_entropy_becomes_the_cross_entropy_as_q_vanishes() =>
        Assert.Equal((RiskA + RiskB) / 2, Value(new GeneralizedCrossEntropy(1e-3)), 1e-3);

    [Fact]
    public void Confident_errors_have_finite_losses_and_gradients() => Assert.All(Catalog.Defaults<Objective>(), objective =>
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 200, -200, -200, 200 }).view(2, 2).requires_grad_();
        var output = new EnvironmentOutput(logits, tensor(new long[] { 1, 1 }), ones(2, 3));

        var state = objective.Begin();
        state.Of([output, output], 0).Value.backward();

        Assert.True(logits.grad!.isfinite().all().item<bool>());
    });

    private static double Value(Objective objective, int step = 0)
    {
        using var scope = NewDisposeScope();
        var state = objective.Begin();
        return state.Of(Two(), step).Value.item<float>();
    }

    private static double Penalty(Objective objective)
    {
        using var scope = NewDisposeScope();
        var state = objective.Begin();
        return state.Of(Two(), 0).Penalty!.item<float>();
    }

    private static EnvironmentOutput[] Two()
    {
        var logits = tensor(new[] { (float)Sure, 0, (float)Sure, 0 }).view(2, 2);
        return [new(logits, tensor(new long[] { 0, 1 })), new(logits, tensor(new long[] { 0, 0 }))];
    }
}
