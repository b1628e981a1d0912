using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using Pentimento.Training;

namespace Pentimento.Tests.Experiments;

/// <summary>The learning rate of methods that begin with a network's own weights.</summary>
public sealed class FineTuneRateTests
{
    [Theory]
    // Of a hundred images so many are right, as the network is and after plain fine-tuning.
    [InlineData(95, 50, true)]
    [InlineData(95, 80, true)]
    [InlineData(95, 90, false)]
    [InlineData(95, 100, false)]
    public void It_is_a_third_where_plain_fine_tuning_surely_does_harm(int before, int after, bool isSlower)
    {
        var slower = Training("adam:learning-rate=0.003").SlowerAfter(Attempt(before), Attempt(after));

        Assert.Equal(isSlower, slower is not null);
        if (slower is not null) Assert.Equal(0.001, slower.Options.Optimizer.Rate, 1e-9);
    }

    [Theory]
    [InlineData("adam:learning-rate=0.000009")]
    [InlineData("sgd:learning-rate=0.1")]
    public void It_ends_somewhere_and_other_optimizers_keep_theirs(string optimizer) =>
        Assert.Null(Training(optimizer).SlowerAfter(Attempt(95), Attempt(10)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_methods_take_the_rate_at_which_plain_fine_tuning_does_no_harm(bool adapts)
    {
        using var scratch = new Scratch();
        var repair = new FineTuneRepair(new() { Batch = 16, Optimizer = "adam:learning-rate=2", Schedule = new Cosine() })
        {
            AdaptsRate = adapts,
            Cue = "cell:grid=4,row=0,column=0",
            Methods = ["cue-swap"],
            Seeds = 1,
            Epochs = 3,
            HoldOut = 0.2,
        };

        var result = repair.Run(
            () => FineTuneRepairTests.Network(weight: 2), [CornerReader.Images(600)], [], scratch.At("fixed.safetensors"), RunContext.OnCpu(1));

        // Steps so long leave nothing of a network.
        var (control, swap) = (result.Methods[1], result.Methods[2]);
        Assert.Equal(adapts, control.HeldOut.All > 0.9);
        Assert.Equal(adapts, swap.HeldOut.All > 0.9);
        Assert.Equal(adapts, result.Advice.Contains("with 2 plain fine-tuning did harm.", StringComparison.Ordinal));
        if (!adapts) return;
        var written = ModelFile.Describe(result.Network!)["recipe"];
        Assert.DoesNotContain("learning-rate=2,", written, StringComparison.Ordinal);
    }

    private static FineTuneTraining Training(string optimizer) => new(CornerReader.Images(9), new() { Optimizer = optimizer }, new Mlp());

    private static FineTuneAttempt Attempt(int right) =>
        new(new HeldOutOutcome([.. Enumerable.Range(0, 100).Select(at => at < right)], [], [], []), []);
}
