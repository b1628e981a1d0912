using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class SquareTests
{
    [Fact]
    public void It_needs_no_gradient()
    {
        // Sixteen grey levels: the gradient is zero everywhere.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(4, 2, Steps);
        var images = full([8, 1, 1, 4], 0.6f);
        var aim = BatchCriterion.AwayFrom(zeros(8, int64));

        var perturbed = new Square(Radius: 0.2, Queries: 200).Perturb(victim, images, aim, RunContext.OnCpu());

        Assert.True(aim.Reached(victim.call(perturbed)).all().item<bool>());
        Assert.False(
            aim.Reached(victim.call(new Pgd(Radius: 0.2, RandomStart: false).Perturb(victim, images, aim, RunContext.OnCpu()))).any().item<bool>());
        // Every pixel is as it was or at an end of the radius.
        var change = (perturbed - images).abs();
        Assert.True(change.lt(1e-6).logical_or((change - 0.2).abs().lt(1e-6)).all().item<bool>());

        static Tensor Steps(Tensor x)
        {
            var mean = (x * 16).round().flatten(1).mean([1], keepdim: true);
            return cat([mean - 8, 8 - mean], 1);
        }
    }
}
