using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class PgdTests
{
    private static readonly Attack Forty = Catalog.Read<Attack>("pgd:radius=0.05,step-size=0.01,steps=40,random-start=false");

    [Fact]
    public void On_a_linear_victim_it_reaches_the_worst_corner_of_the_ball()
    {
        // The loss of class 0 rises as the pixel falls, so each pixel must fall by exactly ε, or to 0.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim();
        var images = tensor(new[] { 0.5f, 0.05f, 1f, 0f }).view(4, 1, 1, 1);
        var attack = new Pgd(Radius: 0.1, StepSize: 0.05, Steps: 5, RandomStart: false);

        var away = attack.Perturb(victim, images, BatchCriterion.AwayFrom(zeros(4, int64)), RunContext.OnCpu());
        var toward = attack.Perturb(victim, images, BatchCriterion.At(zeros(4, int64)), RunContext.OnCpu());

        Assert.True(away.flatten().allclose(tensor(new[] { 0.4f, 0f, 0.9f, 0f })));
        Assert.True(toward.flatten().allclose(tensor(new[] { 0.6f, 0.15f, 1f, 0.1f })));
    }

    [Fact]
    public void Without_a_radius_nothing_changes()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();

        Assert.True(new Pgd(Radius: 0).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu()).equal(images).all().item<bool>());
    }

    [Fact]
    public void It_never_leaves_the_ball()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();

        var perturbed = new Pgd(Radius: 0.03, StepSize: 0.5, Steps: 3).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu());

        Assert.InRange((perturbed - images).abs().max().item<float>(), 0.0299f, 0.0300001f);
    }

    [Theory]
    [InlineData("untargeted", 1.89860820, 1.75864100)]
    [InlineData("targeted", 5.74618625, 1.87596070)]
    public void Forty_steps_succeed_as_often_as_torchattacks_with_as_large_changes(string kind, double crossEntropy, double length)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (set, goal) = Oracle.Task(kind);
        var labels = goal.Class is { } target ? Enumerable.Repeat((long)target, set.Count).ToArray() : set.Labels;

        var perturbed = Forty.PerturbSet(victim, set, goal, RunContext.OnCpu());

        var logits = Predictor.Logits(victim, perturbed, RunContext.OnCpu());
        var theirs = ((byte[])Oracle.Expected($"pgd_{kind}_pred").Data).Zip(labels).Count(pair => pair.First == pair.Second);
        var ours = logits.argmax(1).eq(tensor(labels)).sum().item<long>();
        Assert.InRange(ours, theirs - 2, theirs + 2);
        Assert.Equal(crossEntropy, nn.functional.cross_entropy(logits, tensor(labels)).item<float>(), crossEntropy * 0.02);
        var change = (perturbed - Pixels.Slice(set.Tensor(), 0, set.Count)).flatten(1).square().sum(1).sqrt();
        Assert.Equal(length, change.mean().item<float>(), length * 0.01);
    }

    [Fact]
    public void More_starts_fool_more_images_and_lose_none()
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (images, labels) = Oracle.Batch(0, 96);
        var aim = BatchCriterion.AwayFrom(labels);
        var one = new Pgd(Radius: 0.06, StepSize: 0.02, Steps: 4);

        var once = Fooled(one);
        var often = Fooled(one with { Restarts = 8 });

        Assert.True(often.logical_or(once.logical_not()).all().item<bool>());
        Assert.True(often.sum().item<long>() > once.sum().item<long>());

        Tensor Fooled(Pgd attack) => aim.Reached(victim.call(attack.Perturb(victim, images, aim, RunContext.OnCpu())));
    }

    [Fact]
    public void What_one_start_has_fooled_is_not_attacked_by_the_next()
    {
        // Without a slope a start is all that moves: of 200 images each fools about half of what is left.
        using var scope = NewDisposeScope();
        var sizes = new List<long>();
        using var victim = TinyProblem.Victim(1, 2, x =>
        {
            sizes.Add(x.shape[0]);
            return cat([(x.flatten(1) - 0.5f).sign() + (0 * x.flatten(1)), x.new_zeros(x.shape[0], 1)], 1);
        });

        new Pgd(Radius: 0.1, Steps: 1, Restarts: 4).Perturb(
            victim, full([200, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(200, int64)), RunContext.OnCpu());

        // Each start asks for one gradient and for the answer in the end.
        var starts = sizes.Chunk(2).Select(pair => pair[0]).ToArray();
        Assert.Equal((200, 4), (starts[0], starts.Length));
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange(pair.Second, pair.First * 0.3, pair.First * 0.7));
    }

    [Fact]
    public void What_the_last_step_fools_needs_no_further_start()
    {
        using var scope = NewDisposeScope();
        var calls = 0;
        using var victim = TinyProblem.Victim(1, 2, x =>
        {
            calls++;
            return cat([x.flatten(1) - 0.45f, 0.45f - x.flatten(1)], 1);
        });

        new Pgd(Radius: 0.1, StepSize: 0.1, Steps: 1, RandomStart: false, Restarts: 5).Perturb(
            victim, full([3, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(3, int64)), RunContext.OnCpu());

        Assert.Equal(2, calls);
    }

    // A ladder needs as many steps as lead across the ball.
    [Theory]
    [InlineData("pgd:radius=0.1,steps=10,step-size=0.02", true)]
    [InlineData("pgd:radius=0.1,steps=9,step-size=0.02", false)]
    [InlineData("pgd:radius=0.1,steps=4,step-size=0.05", false)]
    [InlineData("pgd:radius=0.1,steps=5,step-size=0.01,rule=relative", true)]
    [InlineData("pgd:radius=0.1,steps=10,step-size=0.02,norm=l2", false)]
    public void One_step_that_goes_further_raises_doubt_only_where_many_could_go_as_far(string spec, bool doubted)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Hollow();
        var set = new ImageSet("half", [.. Enumerable.Repeat((byte)128, 20)], new long[20], [], new(1, 1, 1));

        var warnings = Catalog.Read<Attack>($"{spec},random-start=false").AttackSet(victim, set, Criterion.Any, RunContext.OnCpu()).Warnings;

        Assert.Equal(doubted, warnings.Any(warning => warning.Contains("one step fools 20 images")));
    }

    [Theory]
    [InlineData(nameof(StepRule.Fixed), 0.42)]
    // 2.5 * 0.2 / 4 = 0.125 in each step: the second leaves the ball.
    [InlineData(nameof(StepRule.Relative), 0.3)]
    // 0.04 times 1 + 0.8536 + 0.5 + 0.1464.
    [InlineData(nameof(StepRule.Cosine), 0.4)]
    public void The_rule_decides_how_far_a_pixel_comes(string name, double end)
    {
        var rule = Enum.Parse<StepRule>(name);
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim();
        var attack = new Pgd(Radius: rule == StepRule.Fixed ? 0.08 : 0.2, StepSize: 0.04, Steps: 4, RandomStart: false, Rule: rule);

        var pixel = attack.Perturb(victim, full([1, 1, 1, 1], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu()).item<float>();

        Assert.Equal(end, pixel, 1e-6);
    }

    [Fact]
    public void In_l2_it_follows_the_gradient_to_the_edge_of_the_ball()
    {
        // Logits (3a + 4b, -3a - 4b): within 0.1 the loss of class 0 is highest at (a, b) - 0.1 * (3, 4) / 5.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.LinearVictim(3, 4);
        var attack = new Pgd(Radius: 0.1, StepSize: 0.03, Steps: 20, Norm: Norm.L2);

        var perturbed = attack.Perturb(victim, full([1, 1, 1, 2], 0.5f), BatchCriterion.AwayFrom(zeros(1, int64)), RunContext.OnCpu());

        Assert.True(perturbed.flatten().allclose(tensor(new[] { 0.44f, 0.42f }), atol: 1e-3));
    }
}
