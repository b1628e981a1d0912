using Pentimento.Foundation.Configuration;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

/// <summary>A last layer of other size decides alike, so it must be attacked alike.</summary>
public sealed class LogitScaleTests
{
    public static TheoryData<string> EveryAttack =>
    [
        "fgsm:radius=0.15", "pgd:radius=0.15,steps=10,step-size=0.03", "momentum-pgd:radius=0.15", "apgd:radius=0.15,steps=10",
        "apgd:radius=0.15,steps=10,loss=dlr", "deep-fool", "carlini-wagner:searches=4,steps=40,learning-rate=0.05,constant=0.1",
        "carlini-wagner-linf:steps=30,constant=0.1,decay=0.7", "square:radius=0.15,queries=300",
    ];

    [Theory, MemberData(nameof(EveryAttack))]
    public void Success_does_not_depend_on_the_size_of_the_last_layer(string spec)
    {
        using var scope = NewDisposeScope();
        var attack = Catalog.Read<Attack>(spec);
        var set = Oracle.Images.First(30);
        using var victim = Oracle.Network();
        using var large = Scaled(100);
        using var small = Scaled(1e-6);

        var usual = Success(victim);

        Assert.InRange(usual, 0.2, 1);
        Assert.InRange(Success(large), usual - 0.08, usual + 0.08);
        Assert.InRange(Success(small), usual - 0.08, usual + 0.08);

        double Success(Classifier network)
        {
            using var inner = NewDisposeScope();
            var perturbed = attack.PerturbSet(network, set, Criterion.Any, RunContext.OnCpu(1));
            return AttackResult.Of(attack, network, set, perturbed, null, Criterion.Any, RunContext.OnCpu()).SuccessRate;
        }
    }

    [Fact]
    public void Logits_of_a_usual_size_are_left_as_they_are_and_others_brought_to_one()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { -5f, 0f, 15f, -500f, 0f, 1500f, -5e-6f, 0f, 15e-6f, 3f, 3f, 3f }).view(4, 3);

        Assert.True(LogitScale.Of(logits).flatten().allclose(tensor(new[] { 1f, 100f, 1e-6f, 1f })));
        Assert.True(LogitScale.Safety(logits).allclose(tensor(new[] { 1e-4f, 15e-4f, 15e-10f, 1e-4f })));
    }

    [Fact]
    public void Where_a_class_leads_beyond_float32_the_cross_entropy_keeps_a_gradient()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 40f, 0f, 0f }).view(1, 3);
        var away = BatchCriterion.AwayFrom(zeros(1, int64));

        Assert.Equal(4, LogitScale.ForCrossEntropy(logits, away).item<float>(), 1e-5);
        Assert.Equal(1, LogitScale.ForCrossEntropy(logits, BatchCriterion.At(zeros(1, int64))).item<float>());
        Assert.Equal(1, LogitScale.ForCrossEntropy(logits / 4, away).item<float>());
    }

    [Fact]
    public void Every_attack_says_what_raises_doubt()
    {
        // The logits are steps of the pixel: right and wrong exist, but no gradient leads from one to the other.
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Victim(1, 2, x => cat([(x.flatten(1) - 0.5f).sign(), (0.5f - x.flatten(1)).sign()], 1));
        var set = new ImageSet("bright", [200, 220, 240], [0, 0, 0], [], new(1, 1, 1));

        var attacked = new Pgd().AttackSet(victim, set, Criterion.Any, RunContext.OnCpu());
        var compared = Comparison.Of(
            [("steps", victim)], set, [new DeepFool()], [new(null, Criterion.Any)], null, RunContext.OnCpu());

        Assert.Contains(attacked.Warnings, warning => warning.StartsWith("Zero gradients", StringComparison.Ordinal));
        Assert.Contains(compared.Rows[0].Result.Warnings, warning => warning.StartsWith("Zero gradients", StringComparison.Ordinal));
    }

    private static Classifier Scaled(double factor)
    {
        var network = Oracle.Network();
        using var still = no_grad();
        foreach (var (_, parameter) in network.named_parameters().Where(named => named.name.StartsWith("fc2", StringComparison.Ordinal)))
            parameter.mul_(factor);
        return network;
    }
}
