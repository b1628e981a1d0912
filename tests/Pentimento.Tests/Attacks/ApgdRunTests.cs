using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

/// <summary>Auto-PGD on one pixel whose loss is highest at 0.5, where no answer is wrong: every point that it looks at is known.</summary>
public sealed class ApgdRunTests
{
    private const double Radius = 0.1;

    [Fact]
    public void Points_are_those_of_algorithm_1()
    {
        var x = Points(steps: 10);

        // From within the ball a step of twice the radius ends at its edge, on the far side of the summit.
        Assert.InRange(x[0], 0.4, 0.6);
        var first = x[0] < 0.5 ? 0.6 : 0.4;
        Assert.Equal(first, x[1], 1e-6);
        // z is the other edge; three quarters of the way there and a quarter of the last step.
        Assert.Equal(Cut(first + (0.75 * (1 - first - first)) + (0.25 * (first - x[0]))), x[2], 1e-6);
        // The second step is a checkpoint: the edge was no better than the start, so the step is halved and begins at the best point so far.
        var best = x.Take(3).MinBy(point => Math.Abs(point - 0.5));
        var ahead = Cut(best + (best < 0.5 ? Radius : -Radius));
        Assert.Equal(Cut(best + (0.75 * (ahead - best)) + (0.25 * (best - x[1]))), x[3], 1e-6);
    }

    [Fact]
    public void Its_steps_halve_until_it_stands_at_the_summit() => Assert.Equal(0.5, Points(steps: 100)[^1], 0.001);

    [Fact]
    public void The_last_step_counts()
    {
        // Along a slope one step ends at the edge of the ball.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim();

        var point = new Apgd(Radius, Steps: 1).Perturb(
            victim, full([1, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());

        Assert.Equal(0.4, point.item<float>(), 1e-6);
    }

    /// <summary>The points whose loss was asked for, after the one of the clean image.</summary>
    private static double[] Points(int steps)
    {
        using var scope = NewDisposeScope();
        var seen = new List<double>();
        using var victim = TinyProblem.Victim(1, 2, x =>
        {
            seen.Add(x.flatten()[0].item<float>());
            return cat([1 + (20 * (x.flatten(1) - 0.5).square()), x.new_zeros(x.shape[0], 1)], 1);
        });

        new Apgd(Radius, steps).Perturb(victim, full([1, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu(3));
        Assert.Equal(0.5, seen[0], 1e-6);
        return [.. seen.Skip(1)];
    }

    private static double Cut(double point) => Math.Clamp(point, 0.5 - Radius, 0.5 + Radius);
}
