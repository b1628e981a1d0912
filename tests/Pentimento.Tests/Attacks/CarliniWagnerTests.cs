using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class CarliniWagnerTests
{
    // What Foolbox was asked for.
    private static readonly CarliniWagner Short = new(Searches: 6, Steps: 100, LearningRate: 0.05, Constant: 1);

    [Theory]
    [InlineData("untargeted")]
    [InlineData("targeted")]
    public void It_fools_every_image_by_changes_no_larger_than_foolbox_needs(string kind)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (set, goal) = Oracle.Task(kind);
        set = set.First(24);

        var perturbed = Short.PerturbSet(victim, set, goal, RunContext.OnCpu());

        var outcome = AttackOutcome.Of(victim, set, perturbed, goal, RunContext.OnCpu());
        Assert.Equal(outcome.Counts, outcome.Fooled);
        var theirs = ((float[])Oracle.Expected($"foolbox_cw_{kind}_l2").Data).Take(set.Count).Where((_, at) => outcome.Counts[at]).Average();
        var ours = (perturbed - Pixels.Slice(set.Tensor(), 0, set.Count)).square().sum([1, 2, 3]).sqrt().data<float>().ToArray();
        Assert.InRange(ours.Where((_, at) => outcome.Counts[at]).Average(), theirs * 0.85, theirs);
        // What is fooled as it is stays as it is.
        Assert.All(ours.Where((_, at) => outcome.Before[at] != set.Labels[at] && !goal.Targeted), size => Assert.Equal(0, size));
    }

    [Theory]
    [InlineData(0, 0.5)]
    // The margin is twice the distance from the plane: 0.4 is reached 0.2 beyond it.
    [InlineData(0.4, 0.7)]
    public void Before_a_plane_it_finds_the_shortest_way_across_it(double confidence, double distance)
    {
        // Logits (s, -s) of s = 0.6 a + 0.8 b - 0.6, which is 0.5 at (0.7, 0.85).
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Plane();
        var images = tensor(new[] { 0.7f, 0.85f }).view(1, 1, 1, 2);

        var perturbed = new CarliniWagner(Confidence: confidence, Steps: 300).Perturb(
            victim,
            images,
            BatchCriterion.AwayFrom(zeros(1, int64)),
            RunContext.OnCpu());

        var expected = images.flatten() - (distance * tensor(new[] { 0.6f, 0.8f }));
        Assert.True(perturbed.flatten().allclose(expected, atol: 0.01));
    }

    [Fact]
    public void Pixels_at_the_ends_of_their_range_move()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim(1, -1);
        // s = 1 - 0: only by lowering the white pixel and raising the black one.
        var images = tensor(new[] { 1f, 0f }).view(1, 1, 1, 2);

        var perturbed = new CarliniWagner(Steps: 300).Perturb(victim, images, BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());

        Assert.True(perturbed.flatten().allclose(tensor(new[] { 0.5f, 0.5f }), atol: 0.01));
    }

    [Theory]
    [InlineData(0, 0.4)]
    [InlineData(2, 0.1)]
    public void The_likeliest_class_need_not_be_the_nearest(int targets, double size)
    {
        // Logits (0, 0.1 (a - 0.9), 10 (b - 0.6)) at (0.5, 0.5): the second is the runner-up but 0.4 away, the third lies 0.1 away.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(2, 3, x =>
            cat([zeros(x.shape[0], 1), (x.flatten(1) - tensor(new[] { 0.9f, 0.6f })) * tensor(new[] { 0.1f, 10f })], 1));
        var images = full([1, 1, 1, 2], 0.5f);

        var perturbed = new CarliniWagner(Steps: 300, Targets: targets).Perturb(
            victim,
            images,
            BatchCriterion.AwayFrom(zeros(1, int64)),
            RunContext.OnCpu());

        Assert.Equal(size, (perturbed - images).square().sum().sqrt().item<float>(), 0.01);
    }

    [Fact]
    public void An_image_whose_loss_no_longer_falls_leaves_the_search()
    {
        // Nothing changes the logits: after a tenth of the steps there is nothing to compare with, after two tenths the loss is where it was.
        using var scope = NewDisposeScope();
        using var heard = new Heard();
        using var victim = TinyProblem.Victim(1, 2, x => cat([1 + (0 * x.flatten(1)), 0 * x.flatten(1)], 1));

        new CarliniWagner(Searches: 2, Steps: 100, Targets: 0).Perturb(
            victim, full([2, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(2, int64)), heard.Run());

        Assert.Equal([.. Enumerable.Range(1, 20), .. Enumerable.Range(101, 20)], heard.Ticks.Select(tick => (int)tick.Done));
        Assert.All(heard.Ticks, tick => Assert.Equal(200, tick.Total));
    }

    // With fewer searches none is spared for a constant that was tried already.
    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public void The_last_of_many_searches_repeats_the_smallest_constant_that_sufficed(int searches, bool repeats)
    {
        // Every search goes its own way from the image; the same constant leads the same way.
        using var scope = NewDisposeScope();
        var image = tensor(new[] { 0.7f, 0.35f }).view(1, 1, 1, 2);
        var ways = new List<List<float>>();
        using var plane = TinyProblem.Plane();
        using var victim = TinyProblem.Victim(2, 2, x =>
        {
            var point = x.flatten().data<float>().ToArray();
            if (point[0] == 0.7f && point[1] == 0.35f) ways.Add([]);
            ways[^1].AddRange(point);
            return plane.call(x);
        });

        new CarliniWagner(Searches: searches, Steps: 20, Targets: 0).Perturb(
            victim, image, BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());

        // The first look is at the image alone.
        Assert.Equal(searches + 1, ways.Count);
        Assert.Equal(repeats, ways.SkipLast(1).Any(way => way.SequenceEqual(ways[^1])));
    }

    [Fact]
    public void Within_a_radius_no_pixel_changes_more()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim(1, -1);
        var images = tensor(new[] { 0.7f, 0.5f, 0.9f, 0.1f }).view(2, 1, 1, 2);

        var perturbed = (Short with { Radius = 0.15 }).Perturb(victim, images, BatchCriterion.AwayFrom(zeros(2, int64)), RunContext.OnCpu());

        // The first needs 0.1 of each pixel; the second would need 0.4, cannot be fooled, and so is left alone.
        Assert.InRange((perturbed - images)[0].abs().max().item<float>(), 0.09f, 0.15f);
        Assert.True(perturbed[1].equal(images[1]).all().item<bool>());
    }
}
