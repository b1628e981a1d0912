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
    public void Every_image_is_sampled_once_a_pass_and_each_pass_in_another_order()
    {
        using var sampler = new BatchSampler(Twelve, new(1));

        var (first, second) = (Pass(sampler, 4, 3), Pass(sampler, 4, 3));

        Assert.Equal(Twelve.Labels, first.Order());
        Assert.Equal(Twelve.Labels, second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Twelve.Labels, first);
    }

    [Fact]
    public void No_image_comes_twice_in_a_pass_that_the_batch_size_does_not_divide()
    {
        using var sampler = new BatchSampler(Twelve, new(1));

        Assert.Equal(10, Pass(sampler, 5, 2).Distinct().Count());
        Assert.Equal(10, Pass(sampler, 5, 2).Distinct().Count());
    }

    [Fact]
    public void The_seed_determines_the_order()
    {
        using var sampler = new BatchSampler(Twelve, new(1));
        using var same = new BatchSampler(Twelve, new(1));
        using var other = new BatchSampler(Twelve, new(2));

        var order = Pass(sampler, 12, 1);

        Assert.Equal(order, Pass(same, 12, 1));
        Assert.NotEqual(order, Pass(other, 12, 1));
    }

    [Fact]
    public void Images_go_with_their_labels_and_a_small_set_gives_all_it_has()
    {
        using var scope = NewDisposeScope();
        using var sampler = new BatchSampler(Twelve, new(1));

        var (images, labels, places) = sampler.Next(100);

        Assert.Equal([12, 1, 1, 1], images.shape);
        Assert.Equal(labels.data<long>().Select(label => label / 255f), images.data<float>());
        Assert.Equal(labels.data<long>(), places.data<long>());
    }

    [Fact]
    public void Weights_are_the_expected_number_of_times_that_an_image_is_sampled_in_a_pass()
    {
        // One image has half of all the weight, one has none, the others share the rest: 6 and 0 of 12, and 0 or 1 of each other.
        double[] weights = [10, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        using var sampler = new BatchSampler(Twelve, new(1), weights);

        var passes = Enumerable.Range(0, 50).Select(_ => Pass(sampler, 4, 3)).ToList();

        Assert.All(passes, pass => Assert.Equal((6, 0), (pass.Count(label => label == 0), pass.Count(label => label == 1))));
        Assert.All(Enumerable.Range(2, 10), label => Assert.All(passes, pass => Assert.InRange(pass.Count(sampled => sampled == label), 0, 1)));
        Assert.All(Enumerable.Range(2, 10), label => Assert.InRange(passes.Sum(pass => pass.Count(sampled => sampled == label)), 15, 45));
    }

    [Fact]
    public void Three_tensors_are_left_behind_by_each_batch()
    {
        using var scope = NewDisposeScope();
        using var sampler = new BatchSampler(Twelve, new(1));
        var before = scope.DisposablesCount;

        for (var batch = 0; batch < 7; batch++) sampler.Next(5);

        Assert.Equal(before + 21, scope.DisposablesCount);
    }

    private static List<long> Pass(BatchSampler sampler, int size, int batches)
    {
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, batches).SelectMany(_ => sampler.Next(size).Labels.data<long>().ToArray())];
    }
}
