using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class ApgdTests
{
    [Fact]
    public void The_ratio_of_logits_is_that_of_the_paper()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 5f, 1f, 3f, 2f }).view(1, 4);

        // -(5 - 3) / (5 - 2); (1 - 5) / (5 - (2 + 1) / 2); with two classes the margin alone.
        Assert.Equal(-2 / 3.0, Score.LogitsRatio(logits, BatchCriterion.AwayFrom(zeros(1, int64))).item<float>(), 1e-6);
        Assert.Equal(-4 / 3.5, Score.LogitsRatio(logits, BatchCriterion.At(ones(1, int64))).item<float>(), 1e-6);
        Assert.Equal(-4, Score.LogitsRatio(logits[.., ..2], BatchCriterion.AwayFrom(zeros(1, int64))).item<float>(), 1e-6);
        // Three classes: the last stands for the missing fourth.
        Assert.Equal(-2 / 4.0, Score.LogitsRatio(logits[.., ..3], BatchCriterion.At(tensor(new[] { 2L }))).item<float>(), 1e-6);
    }

    [Fact]
    public void Where_the_cross_entropy_of_the_logits_has_no_slope_scaled_logits_and_their_ratio_have_one()
    {
        // Logits 1000 times (s, -s, s - 5): the probability of the wrong answer is 0 in float32.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(1, 3, x => 1000 * cat([x.flatten(1) - 0.45f, 0.45f - x.flatten(1), x.flatten(1) - 5], 1));
        var images = full([4, 1, 1, 1], 0.6f);
        var aim = BatchCriterion.AwayFrom(zeros(4, int64));

        // As it stands the loss is blind at 0.6.
        Assert.Equal(0, LossGradient.At(victim, images, aim).abs().max().item<float>());
        var scaled = new Apgd(Radius: 0.2).Perturb(victim, images, aim, RunContext.OnCpu());
        var seeing = new Apgd(Radius: 0.2, Loss: Loss.Dlr).Perturb(victim, images, aim, RunContext.OnCpu());

        Assert.True(aim.Reached(victim.call(seeing)).all().item<bool>());
        Assert.True(aim.Reached(victim.call(scaled)).all().item<bool>());
    }

    [Theory]
    [InlineData("apgd:radius=0.1,steps=5", true)]
    [InlineData("apgd:radius=0.1,steps=4", false)]
    [InlineData("apgd:radius=0.1,steps=5,norm=l2", false)]
    public void One_step_that_goes_further_raises_doubt_only_where_many_could_go_as_far(string spec, bool doubted)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Hollow();
        var set = new ImageSet("half", [.. Enumerable.Repeat((byte)128, 20)], new long[20], [], new(1, 1, 1));

        var warnings = Catalog.Read<Attack>(spec).AttackSet(victim, set, Criterion.Any, RunContext.OnCpu()).Warnings;

        Assert.Equal(doubted, warnings.Any(warning => warning.Contains("one step fools 20 images")));
    }

    [Theory]
    [InlineData(Norm.Linf, 0.05)]
    [InlineData(Norm.L2, 1.5)]
    internal void It_fools_more_images_than_pgd_of_as_many_steps(Norm norm, double radius)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (images, labels) = Oracle.Batch(0, 96);
        var aim = BatchCriterion.AwayFrom(labels);

        var pgd = Fooled(new Pgd(radius, radius / 5, 20, Norm: norm));
        var automatic = Fooled(new Apgd(radius, 20, Norm: norm));
        var targeted = Fooled(new Apgd(radius, 20, Loss.Dlr, Targets: 3, Norm: norm));

        Assert.True(automatic >= pgd - 1, $"{automatic} against {pgd}");
        Assert.True(targeted >= automatic, $"{targeted} against {automatic}");
        Assert.InRange(targeted, 10, 95);

        long Fooled(Attack attack)
        {
            var perturbed = attack.Perturb(victim, images, aim, RunContext.OnCpu());
            var change = (perturbed - images).flatten(1);
            Assert.True((norm == Norm.L2 ? change.square().sum(1).sqrt() : change.abs().amax([1])).le(radius).all().item<bool>());
            return aim.Reached(victim.call(perturbed)).sum().item<long>();
        }
    }
}
