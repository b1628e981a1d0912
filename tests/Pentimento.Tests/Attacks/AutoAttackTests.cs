using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class AutoAttackTests
{
    private static readonly AutoAttack Quick = new(Radius: 0.1, Steps: 20, Targets: 2, Queries: 100);

    [Fact]
    public void Each_rung_of_the_ladder_is_at_least_as_high_as_the_one_below()
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var set = Oracle.Images.First(96);
        var pgd = new Pgd(0.05, 0.01, 20);

        var rungs = new Attack[] { new Fgsm(0.05), pgd, pgd with { Restarts = 3 }, Quick with { Radius = 0.05 } }.Select(attack =>
        {
            var attacked = attack.AttackSet(victim, set, Criterion.Any, RunContext.OnCpu());
            Assert.Empty(attacked.Warnings);
            return AttackResult.Of(attack, victim, set, attacked.Images, null, Criterion.Any, RunContext.OnCpu()).SuccessRate;
        }).ToList();

        Assert.Equal(rungs.Order(), rungs);
        Assert.True(rungs[0] < rungs[^1]);
    }

    [Fact]
    public void Gradients_that_are_rounded_away_raise_two_flags()
    {
        var warnings = Warnings(x =>
        {
            var level = (x.flatten(1) * 20).round() - 9.5;
            return cat([level, -level], 1);
        });

        Assert.Contains(warnings, warning => warning.StartsWith("Zero gradients: the loss of 200 of 200", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("random search fools", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_whose_single_step_goes_further_than_many_raises_a_flag()
    {
        using var victim = TinyProblem.Hollow();

        var warnings = Warnings(victim);

        Assert.Contains(warnings, warning => warning.Contains("one step fools 200 images", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_answers_by_chance_raises_a_flag()
    {
        using var dice = new Seed(1).On(CPU);

        var warnings = Warnings(x => cat([x.flatten(1), 1 - x.flatten(1)], 1) + (0.01 * rand([x.shape[0], 2], generator: dice)));

        Assert.Contains(warnings, warning => warning.StartsWith("Randomised network", StringComparison.Ordinal));
    }

    [Fact]
    public void An_honest_network_of_two_classes_raises_none()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(1, 2, x => cat([x.flatten(1) - 0.45, 0.45 - x.flatten(1)], 1));

        var attacked = Quick.AttackSet(victim, Half, Criterion.Any, RunContext.OnCpu());

        Assert.Empty(attacked.Warnings);
        Assert.True(Predictor.Logits(victim, attacked.Images, RunContext.OnCpu()).argmax(1).eq(1).all().item<bool>());
    }

    /// <summary>200 images of one pixel of 0.5, all of class 0.</summary>
    private static ImageSet Half => new("half", [.. Enumerable.Repeat((byte)128, 200)], new long[200], [], new(1, 1, 1));

    private static IReadOnlyList<string> Warnings(Func<Tensor, Tensor> logits)
    {
        using var victim = TinyProblem.Victim(1, 2, logits);
        return Warnings(victim);
    }

    private static IReadOnlyList<string> Warnings(Pentimento.Networks.Classifier victim)
    {
        using var scope = NewDisposeScope();
        return Quick.AttackSet(victim, Half, Criterion.Any, RunContext.OnCpu()).Warnings;
    }
}
