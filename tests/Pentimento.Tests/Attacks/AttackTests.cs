using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class AttackTests
{
    // Every attack asks once whether the answers are numbers; a target that hangs on the predictions takes one more look at them.
    [Theory]
    [InlineData("any", 0)]
    [InlineData("1", 0)]
    [InlineData("least-likely", 1)]
    public void Predictions_are_made_where_the_criterion_asks_for_them(string criterion, int more)
    {
        using var scope = NewDisposeScope();
        var looks = 0;
        using var victim = TinyProblem.Victim(1, 2, x =>
        {
            if (x.shape[0] == 3) looks++;
            return cat([x.flatten(1), -x.flatten(1)], 1);
        });
        var set = new ImageSet("three", [100, 150, 200], new long[3], [], new(1, 1, 1));

        new Fgsm(0.1).PerturbSet(victim, set, Criterion.Parse(criterion), RunContext.OnCpu());

        // The other look is the gradient's.
        Assert.Equal(2 + more, looks);
    }
}
