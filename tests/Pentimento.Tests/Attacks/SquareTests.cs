using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class SquareTests
{
    [Fact]
    public void Squares_become_small_as_queries_go_by()
    {
        // Nothing is ever better, so that each try differs from the stripes by its square alone.
        using var scope = NewDisposeScope();
        var tried = new List<Tensor>();
        using var victim = TinyProblem.Victim(256, 2, x =>
        {
            tried.Add(x.flatten().clone().DetachFromDisposeScope());
            return cat([x.new_ones(x.shape[0], 1), x.new_zeros(x.shape[0], 1)], 1);
        });
        using var heard = new Heard();

        new Square(Radius: 0.1, Queries: 1000).Perturb(
            victim, full([1, 1, 16, 16], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), heard.Run());

        // The first two are the image and the stripes. A square turns those of its pixels that do not have its sign already.
        var changed = tried.Skip(2).Select(points => points.ne(tried[1]).sum().item<long>()).ToArray();
        tried.ForEach(points => points.Dispose());
        // 80% of 256 pixels are 14 to a side; halved from the tenth, 50th and 200th of 10,000 queries on, in the end nine times: one pixel.
        Assert.InRange(changed[0], 1, 196);
        Assert.InRange(changed.Skip(20).Take(79).Max(), 8, 25);
        Assert.Equal(1, changed.Skip(800).Max());
        Assert.Equal(Enumerable.Range(1, 1000), heard.Ticks.Select(tick => (int)tick.Done));
    }

    [Fact]
    public void It_stops_when_all_are_fooled()
    {
        using var scope = NewDisposeScope();
        using var heard = new Heard();
        using var victim = TinyProblem.Victim(1, 2, x => cat([x.flatten(1) - 0.45f, 0.45f - x.flatten(1)], 1));

        new Square(Radius: 0.1, Queries: 1000).Perturb(
            victim, full([4, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(4, int64)), heard.Run());

        Assert.InRange(heard.Ticks.Count, 1, 50);
    }

    // Towards the third class: at 0.4 the logits are (1, 1, 0), at 0.6 (1.1, -9, 0): the margin is better at the first, the cross-entropy at
    // the second. Away from the second class both lead to 0.6, where it is far from likely; it is not predicted in the first place.
    [Fact]
    public void Towards_a_class_the_cross_entropy_decides()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(1, 3, x =>
        {
            var high = x.flatten(1).gt(0.5f).to_type(float32);
            return cat([1 + (0.1f * high), 1 - (10 * high), 0 * high], 1);
        });

        var point = new Square(Radius: 0.1, Queries: 50).Perturb(
            victim, full([1, 1, 1, 1], 0.5f), BatchCriterion.At(full([1], 2L)), RunContext.OnCpu());

        Assert.Equal(0.6, point.item<float>(), 1e-6);
    }

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
