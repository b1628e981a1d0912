using Pentimento.Training;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Objectives;

/// <summary>Against gradients of single images, taken one by one with PyTorch 1.13 in float64 and frozen here.</summary>
public sealed class FishrTests
{
    private const int Images = 6;

    [Fact]
    public void Two_steps_are_those_of_gradients_taken_one_by_one()
    {
        using var scope = NewDisposeScope();
        var state = new Fishr(Weight: 1, WarmUp: 0).Begin();

        Assert.Equal(0.003282322111926822, Penalty(state, 0, out var first), 1e-9);
        // The second step is taken on features half as large again; its penalty has the first one's variances in its average.
        Assert.Equal(0.036423288070561985, Penalty(state, 1, out var second), 1e-8);

        AssertGradient([0.0007565265441340798, 0.0007349207603313167, 6.730620266535434e-05, -0.00026826023782861545], first);
        AssertGradient([0.007991198984504698, 0.006288238948228589, -4.840422193355825e-07, -0.0016619760729218867], second);
    }

    [Fact]
    public void The_loss_is_the_risk_alone_before_the_switch_and_the_weighted_sum_after()
    {
        using var scope = NewDisposeScope();
        var fishr = new Fishr(Weight: 1000, WarmUp: 1);
        var state = fishr.Begin();
        var (environments, _) = Two(0);

        Assert.Equal(1.527699650131723, state.Of(environments, 0).Value.item<double>(), 1e-6);
        Assert.False(state.ResetsOptimizer(0));
        Assert.True(state.ResetsOptimizer(1));
        var later = fishr.Begin();
        Assert.Equal(1.527699650131723 + 3.282322111926822, later.Of(environments, 1).Value.item<double>(), 1e-6);
    }

    [Fact]
    public void The_authors_sum_is_that_of_one_logit()
    {
        using var scope = NewDisposeScope();
        double[][] logits = [[0.3, -1.2, 2], [0.1, 0.4, -0.7]], inputs = [[1, -2, 0.5], [0.3, 1.5, -1]];
        long[][] labels = [[1, 0, 0], [1, 1, 0]];
        // Each image's gradient by the one weight and the bias, and the variance over images of either.
        double[] Variances(int environment)
        {
            var errors = logits[environment].Zip(labels[environment], (logit, label) => (1 / (1 + Math.Exp(-logit))) - label).ToArray();
            return [Variance([.. errors.Zip(inputs[environment], (error, input) => error * input)]), Variance(errors)];
        }

        var expected = Variances(0).Zip(Variances(1), (one, other) => (one - other) * (one - other) / 2).Sum();
        var outputs = Enumerable.Range(0, 2).Select(at => new EnvironmentOutput(
            stack([zeros(3, float64), tensor(logits[at])], 1), tensor(labels[at]), tensor(inputs[at]).view(3, 1))).ToList();

        Assert.Equal(expected, new Fishr(Momentum: 0, Scaling: VarianceScaling.Sum).Begin().Of(outputs, 0).Penalty!.item<double>(), 1e-12);
    }

    private static double Variance(double[] values) => values.Average(value => value * value) - Math.Pow(values.Average(), 2);

    private static double Penalty(IObjectiveState state, int step, out Tensor gradient)
    {
        var (environments, weight) = Two(step);
        var penalty = state.Of(environments, step).Penalty!;
        gradient = autograd.grad([penalty], [weight])[0];
        return penalty.item<double>();
    }

    private static (EnvironmentOutput[] Environments, Tensor Weight) Two(int step)
    {
        var weight = tensor(Enumerable.Range(0, 12).Select(at => 0.8 * Math.Cos((0.9 * (at / 4)) + (0.4 * (at % 4)))).ToArray())
            .view(3, 4)
            .requires_grad_();
        var bias = tensor(new[] { 0.1, -0.2, 0.3 });
        return (
            [
                .. Enumerable
                    .Range(0, 2)
                    .Select(environment =>
                    {
                        var features = tensor(
                                Enumerable
                                    .Range(0, Images * 4)
                                    .Select(at =>
                                        (Math.Sin(1 + (0.7 * (at / 4)) + (1.3 * (at % 4)) + (2.1 * environment)) + 0.5) * (1 + (0.5 * step)))
                                    .ToArray())
                            .view(Images, 4);
                        var labels = tensor(Enumerable.Range(0, Images).Select(at => (long)(((at * 2) + environment) % 3)).ToArray());
                        return new EnvironmentOutput(features.mm(weight.t()) + bias, labels, features);
                    }),
            ],
            weight);
    }

    private static void AssertGradient(double[] firstRow, Tensor gradient)
    {
        for (var at = 0; at < firstRow.Length; at++) Assert.Equal(firstRow[at], gradient[0, at].item<double>(), 1e-8);
    }
}
