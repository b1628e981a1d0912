using Pentimento.Data;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training;

public sealed class BatchSamplerTests
{
    // Image number n has the label n and is all of grey n.
    private static readonly ImageSet Twelve = new(
        "twelve",
        [.. Enumerable.Range(0, 12).Select(at => (byte)at)],
        [.. Enumerable.Range(0, 12).Select(at => (long)at)],
        [],
        new(1, 1, 1));

    [Fact]
    public void Every_image_is_dealt_once_a_pass_and_each_pass_in_another_order()
    {
        using var deck = new BatchSampler(Twelve, new(1));

        var (first, second) = (Pass(deck, 4, 3), Pass(deck, 4, 3));

        Assert.Equal(Twelve.Labels, first.Order());
        Assert.Equal(Twelve.Labels, second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Twelve.Labels, first);
    }

    [Fact]
    public void No_image_comes_twice_in_a_pass_that_does_not_go_up()
    {
        using var deck = new BatchSampler(Twelve, new(1));

        Assert.Equal(10, Pass(deck, 5, 2).Distinct().Count());
        Assert.Equal(10, Pass(deck, 5, 2).Distinct().Count());
    }

    [Fact]
    public void The_seed_decides_the_order()
    {
        using var deck = new BatchSampler(Twelve, new(1));
        using var same = new BatchSampler(Twelve, new(1));
        using var other = new BatchSampler(Twelve, new(2));

        var order = Pass(deck, 12, 1);

        Assert.Equal(order, Pass(same, 12, 1));
        Assert.NotEqual(order, Pass(other, 12, 1));
    }

    [Fact]
    public void Images_go_with_their_labels_and_a_small_deck_gives_all_it_has()
    {
        using var scope = NewDisposeScope();
        using var deck = new BatchSampler(Twelve, new(1));

        var (images, labels, places) = deck.Deal(100);

        Assert.Equal([12, 1, 1, 1], images.shape);
        Assert.Equal(labels.data<long>().Select(label => label / 255f), images.data<float>());
        Assert.Equal(labels.data<long>(), places.data<long>());
    }

    [Fact]
    public void Weights_say_how_often_an_image_comes_in_a_pass()
    {
        // One image has half of all the weight, one has none, the others share the rest: 6 and 0 of 12, and 0 or 1 of each other.
        double[] weights = [10, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        using var deck = new BatchSampler(Twelve, new(1), weights);

        var passes = Enumerable.Range(0, 50).Select(_ => Pass(deck, 4, 3)).ToList();

        Assert.All(passes, pass => Assert.Equal((6, 0), (pass.Count(label => label == 0), pass.Count(label => label == 1))));
        Assert.All(Enumerable.Range(2, 10), label => Assert.All(passes, pass => Assert.InRange(pass.Count(dealt => dealt == label), 0, 1)));
        Assert.All(Enumerable.Range(2, 10), label => Assert.InRange(passes.Sum(pass => pass.Count(dealt => dealt == label)), 15, 45));
    }

    [Fact]
    public void Three_tensors_are_left_behind_by_each_deal()
    {
        using var scope = NewDisposeScope();
        using var deck = new BatchSampler(Twelve, new(1));
        var before = scope.DisposablesCount;

        for (var deal = 0; deal < 7; deal++) deck.Deal(5);

        Assert.Equal(before + 21, scope.DisposablesCount);
    }

    private static List<long> Pass(BatchSampler deck, int size, int deals)
    {
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, deals).SelectMany(_ => deck.Deal(size).Labels.data<long>().ToArray())];
    }
}
