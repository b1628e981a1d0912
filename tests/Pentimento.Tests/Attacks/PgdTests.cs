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
