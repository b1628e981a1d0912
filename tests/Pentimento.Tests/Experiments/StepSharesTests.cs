using Pentimento.Experiments;
using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments;

/// <summary>The shares of a layer's steps.</summary>
public sealed class StepSharesTests
{
    [Theory]
    [InlineData(10, 3)]
    [InlineData(3, 10)]
    [InlineData(7, 7)]
    public void Every_step_is_in_one_share(int steps, int tasks)
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        var layers = new StepLayers([.. Enumerable.Range(0, steps).Select(Step)]);

        var shares = Enumerable.Range(1, tasks).Select(share => new StepShares(store, layers, 0, (share, tasks))).ToList();

        Assert.Equal(Enumerable.Range(0, steps), shares.SelectMany(share => share.Own));
        Assert.All(shares, share => Assert.Equal(tasks - 1, share.Others.Distinct().Count()));
        Assert.All(shares, share => Assert.InRange(share.Own.Count, steps / tasks, (steps / tasks) + 1));
    }

    [Fact]
    public void A_share_with_a_mark_is_left_alone_by_others()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        var layers = new StepLayers([.. Enumerable.Range(0, 6).Select(Step)]);
        var first = new StepShares(store, layers, 0, (1, 3));
        Assert.Equal([1, 2], first.Unmarked().Order());

        new StepShares(store, layers, 0, (2, 3)).Mark(1);

        Assert.Equal([2], first.Unmarked());
        // Another array divides the steps otherwise.
        Assert.Equal([1], new StepShares(store, layers, 0, (1, 2)).Unmarked());
    }

    [Fact]
    public void Whoever_helps_looks_at_each_step_of_the_open_shares_once_in_an_order_of_its_own()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        // Thirty steps in forty shares: some are empty.
        var layers = new StepLayers([.. Enumerable.Range(0, 30).Select(Step)]);
        var (one, other) = (new StepShares(store, layers, 0, (1, 40)), new StepShares(store, layers, 0, (40, 40)));

        Assert.Equal(Enumerable.Range(0, 30).Except(one.Own), one.Open().Order());
        Assert.Equal(Enumerable.Range(0, 30).Except(other.Own), other.Open().Order());
        Assert.NotEqual(one.Open().Take(5), other.Open().Take(5));
        other.Mark(39);
        Assert.Equal(Enumerable.Range(0, 30).Except(one.Own).Except(other.Own), one.Open().Order());
    }

    private static Step Step(int at) => new ComputedStep($"s{at}", [], [], (_, _, _) => at);
}
