using Pentimento.Attacks;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

/// <summary>What every attack in the catalogue promises. A new one is tested here without a line of its own.</summary>
public sealed class AttackContractTests
{
    private static readonly Dictionary<string, string> Shorter = new()
    {
        ["carlini-wagner"] = "carlini-wagner:searches=3,steps=20,learning-rate=0.05,constant=1",
        ["carlini-wagner-linf"] = "carlini-wagner-linf:steps=20,learning-rate=0.02,constant=0.1,largest-constant=1,decay=0.5",
        ["apgd"] = "apgd:steps=20",
        ["square"] = "square:queries=100",
        ["auto-attack"] = "auto-attack:steps=10,targets=2,queries=50",
        ["deep-fool"] = "deep-fool:steps=10",
    };

    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Attack)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void Pixels_stay_valid_and_the_input_is_untouched(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();
        var before = images.data<float>().ToArray();

        var perturbed = Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu());

        Assert.Equal(images.shape, perturbed.shape);
        Assert.All(perturbed.data<float>().ToArray(), pixel => Assert.InRange(pixel, 0f, 1f));
        Assert.Equal(before, images.data<float>().ToArray());
        // What cannot be fooled is left alone by attacks that look for the smallest change.
        if (Read(name).Minimal is null) Assert.False(perturbed.equal(images).all().item<bool>());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void The_same_seed_gives_the_same_images(string name) => Assert.Equal(Images(name, 1), Images(name, 1));

    [Theory, MemberData(nameof(Everyone))]
    public void Another_seed_gives_other_images_where_it_starts_at_random(string name)
    {
        if (Read(name) is Fgsm or MomentumPgd or CarliniWagner or CarliniWagnerLinf or DeepFool) return;

        Assert.NotEqual(Images(name, 1), Images(name, 2));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_one_tensor_behind(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();
        var before = scope.DisposablesCount;

        Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void A_set_leaves_one_tensor_behind_whatever_its_size(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var before = scope.DisposablesCount;

        var perturbed = Read(name).PerturbSet(victim, TinyProblem.Noise(300), Criterion.Any, RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.Equal([300, 1, 8, 8], perturbed.shape);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Progress_lies_between_nothing_and_its_total(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        using var heard = new Heard();
        var (images, labels) = TinyProblem.Batch();

        Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), heard.Run());

        Assert.All(heard.Ticks, tick => Assert.InRange(tick.Done, 0, tick.Total));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_stops_when_asked(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        using var heard = new Heard(_ => true);
        var (images, labels) = TinyProblem.Batch();

        Assert.Throws<OperationCanceledException>(() => Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), heard.Run()));
        Assert.Single(heard.Ticks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_keeps_the_victims_mode_and_takes_no_gradient_by_its_weights(bool training) =>
        Assert.All(Everyone.Select(row => Read(row.Data)), attack =>
        {
            using var scope = NewDisposeScope();
            using var victim = TinyProblem.Network();
            victim.train(training);
            var (images, labels) = TinyProblem.Batch();

            attack.Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu());

            Assert.Equal(training, victim.training);
            Assert.All(victim.parameters(), parameter => Assert.Null(parameter.grad));
        });

    [Theory, MemberData(nameof(Everyone))]
    public void It_raises_the_loss_that_it_climbs_and_lowers_the_one_that_it_seeks(string name)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (images, labels) = Oracle.Batch(128, 168);
        var threes = full_like(labels, 3);

        var away = Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu());
        var toward = Read(name).Perturb(victim, images, BatchCriterion.At(threes), RunContext.OnCpu());

        Assert.True(Loss(away, labels) > Loss(images, labels));
        Assert.True(Loss(toward, threes) < Loss(images, threes));

        float Loss(Tensor seen, Tensor classes) => nn.functional.cross_entropy(victim.call(seen), classes).item<float>();
    }

    [Theory, MemberData(nameof(Everyone))]
    public void What_does_not_fit_the_victim_is_refused(string name)
    {
        using var victim = TinyProblem.Network();

        Assert.Contains("reads images of 8x8x1", Refusal(() => Read(name).PerturbSet(victim, Oracle.Images, Criterion.Any, RunContext.OnCpu())));
        Assert.Contains(
            "the network knows the classes 0 to 2",
            Refusal(() => Read(name).PerturbSet(victim, TinyProblem.Noise(3), Criterion.Of(3), RunContext.OnCpu())));
        Assert.Contains(
            "the network knows the classes 0 to 2",
            Refusal(() => Read(name).PerturbSet(victim, TinyProblem.Noise(3), Criterion.Of(-1), RunContext.OnCpu())));
    }

    private static string Refusal(Action attack) => Assert.Throws<BadInputException>(attack).Message;

    /// <summary>The member with its defaults, or with fewer steps where those take long.</summary>
    private static Attack Read(string name) => Catalog.Read<Attack>(Shorter.GetValueOrDefault(name, name));

    private static float[] Images(string name, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();
        return Read(name).Perturb(victim, images, BatchCriterion.AwayFrom(labels), RunContext.OnCpu(seed)).data<float>().ToArray();
    }
}
