using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class AttackResultTests
{
    // The linear victim answers 0 for every pixel above 0; negative "pixels" after the attack are answered 1.
    private static readonly ImageSet Set = new("five", [51, 102, 153, 204, 255], [0, 0, 0, 0, 1], [], new(1, 1, 1));

    [Fact]
    public void Only_images_answered_right_beforehand_count()
    {
        var result = Of([-0.2f, 0.4f, -0.1f, -0.3f, 0.5f], null);

        // The last image was wrong already; of the other four the second holds out.
        Assert.Equal((5, 4, 0.75), (result.Attacked, result.Count, result.SuccessRate));
        // Changes of the fooled: 0.4, 0.7, 1.1.
        Assert.Equal(0.7, result.MedianL2!.Value, 1e-6);
        Assert.Equal(0.7, result.MedianLinf!.Value, 1e-6);
        Assert.Equal(new Pentimento.Evaluation.Share(3, 4).Low, result.Low);
        // The fooled ones' logits differ by 0.4, 0.2 and 0.6.
        Assert.Equal(new[] { 0.4, 0.2, 0.6 }.Average(margin => 1 / (1 + Math.Exp(-margin))), result.Confidence!.Value, 1e-6);
        Assert.IsType<Pgd>(result.Attack);
    }

    [Fact]
    public void Towards_a_class_its_own_images_do_not_count()
    {
        var result = Of([-0.2f, 0.4f, -0.1f, -0.3f, 0.5f], 0);

        Assert.Equal((0, double.NaN, null), (result.Count, result.SuccessRate, result.MedianL2));
    }

    [Fact]
    public void Towards_another_class_only_that_answer_is_a_success()
    {
        var result = Of([-0.2f, 0.4f, -0.1f, 0.8f, 0.5f], 1);

        Assert.Equal((4, 0.5), (result.Count, result.SuccessRate));
        // An even number: the mean of 0.4 and 0.7.
        Assert.Equal(0.55, result.MedianL2!.Value, 1e-6);
    }

    [Fact]
    public void An_attack_that_fools_nobody_has_no_median()
    {
        var result = Of([0.2f, 0.4f, 0.6f, 0.8f, 1f], null);

        Assert.Equal((0, null, null), (result.SuccessRate, result.MedianL2, result.MedianLinf));
    }

    private static AttackResult Of(float[] after, int? target)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim();
        return AttackResult.Of(new Pgd(), victim, Set, tensor(after).view(5, 1, 1, 1), null, Criterion.Of(target), RunContext.OnCpu());
    }
}
