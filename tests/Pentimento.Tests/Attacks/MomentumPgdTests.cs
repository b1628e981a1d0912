using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class MomentumPgdTests
{
    [Fact]
    public void Its_steps_lead_just_to_the_edge_of_the_ball()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim();

        var point = new MomentumPgd(Radius: 0.1, Steps: 4).Perturb(
            victim, full([1, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());

        Assert.Equal(0.4, point.item<float>(), 1e-6);
    }

    [Theory]
    [InlineData("momentum-pgd:radius=0.1,steps=5", true)]
    [InlineData("momentum-pgd:radius=0.1,steps=4", false)]
    [InlineData("momentum-pgd:radius=0.1,steps=5,norm=l2", false)]
    public void One_step_that_goes_further_raises_doubt_only_where_many_could_go_as_far(string spec, bool doubted)
    {
        using var victim = TinyProblem.Hollow();
        var set = new ImageSet("half", [.. Enumerable.Repeat((byte)128, 20)], new long[20], [], new(1, 1, 1));

        using var scope = NewDisposeScope();
        var warnings = Catalog.Read<Attack>(spec).AttackSet(victim, set, Criterion.Any, RunContext.OnCpu()).Warnings;

        Assert.Equal(doubted, warnings.Any(warning => warning.Contains("one step fools 20 images")));
    }
}
