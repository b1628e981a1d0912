using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
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

        var away = attack.Perturb(victim, images, Aim.AwayFrom(zeros(4, int64)), RunContext.OnCpu());
        var toward = attack.Perturb(victim, images, Aim.At(zeros(4, int64)), RunContext.OnCpu());

        Assert.True(away.flatten().allclose(tensor(new[] { 0.4f, 0f, 0.9f, 0f })));
        Assert.True(toward.flatten().allclose(tensor(new[] { 0.6f, 0.15f, 1f, 0.1f })));
    }

    [Fact]
    public void Without_a_radius_nothing_changes()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();

        Assert.True(new Pgd(Radius: 0).Perturb(victim, images, Aim.AwayFrom(labels), RunContext.OnCpu()).equal(images).all().item<bool>());
    }

    [Fact]
    public void It_never_leaves_the_ball()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();

        var perturbed = new Pgd(Radius: 0.03, StepSize: 0.5, Steps: 3).Perturb(victim, images, Aim.AwayFrom(labels), RunContext.OnCpu());

        Assert.InRange((perturbed - images).abs().max().item<float>(), 0.0299f, 0.0300001f);
    }

    [Fact]
    public void A_random_start_fills_the_ball()
    {
        using var scope = NewDisposeScope();
        var (low, high) = Ball.Linf(full([1000], 0.02f), 0.1);

        var point = Ball.RandomPoint(low, high, new(1));

        // From 0, where valid pixels end, to 0.12; a thousand uniform points come within a hundredth of both ends.
        Assert.InRange(point.min().item<float>(), 0f, 0.0012f);
        Assert.InRange(point.max().item<float>(), 0.1188f, 0.12f);
        Assert.InRange(point.mean().item<float>(), 0.057f, 0.063f);
    }

    [Theory]
    [InlineData("untargeted", 48)]
    [InlineData("targeted", 40)]
    public void One_step_of_the_whole_radius_is_torchattacks_fgsm(string kind, int kept)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var attack = Catalog.Read<Attack>("pgd:radius=0.05,step-size=0.05,steps=1,random-start=false");

        var perturbed = Perturbed(attack, kind).slice(0, 0, kept, 1);

        // The signs of gradients near 1e-9 depend on rounding: 3% of the pixels may differ.
        var same = (perturbed - Oracle.ExpectedTensor($"fgsm_{kind}_adv")).abs().lt(1e-6).to_type(float32).mean().item<float>();
        Assert.InRange(same, 0.97f, 1f);
    }

    [Theory]
    [InlineData("untargeted", 1.89860820, 1.75864100)]
    [InlineData("targeted", 5.74618625, 1.87596070)]
    public void Forty_steps_succeed_as_often_as_torchattacks_with_as_large_changes(string kind, double crossEntropy, double length)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var set = Chosen(kind);
        var labels = kind == "targeted" ? Enumerable.Repeat(3L, set.Count).ToArray() : set.Labels;

        var perturbed = Perturbed(Forty, kind);

        var logits = Judge.Logits(victim, perturbed, RunContext.OnCpu());
        var theirs = ((byte[])Oracle.Expected($"pgd_{kind}_pred").Data).Zip(labels).Count(pair => pair.First == pair.Second);
        var ours = logits.argmax(1).eq(tensor(labels)).sum().item<long>();
        Assert.InRange(ours, theirs - 2, theirs + 2);
        Assert.Equal(crossEntropy, nn.functional.cross_entropy(logits, tensor(labels)).item<float>(), crossEntropy * 0.02);
        var change = (perturbed - Pixels.Slice(set.Tensor(), 0, set.Count)).flatten(1).square().sum(1).sqrt();
        Assert.Equal(length, change.mean().item<float>(), length * 0.01);
    }

    private static ImageSet Chosen(string kind) =>
        kind == "targeted" ? Oracle.Images.Pick([.. ((long[])Oracle.Expected("seven_index").Data).Select(at => (int)at)]) : Oracle.Images;

    private static Tensor Perturbed(Attack attack, string kind)
    {
        using var victim = Oracle.Network();
        return attack.PerturbSet(victim, Chosen(kind), kind == "targeted" ? 3 : null, RunContext.OnCpu());
    }
}
