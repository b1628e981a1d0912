using Pentimento.Attacks;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class AdversarialTrainingTests
{
    private static readonly Attack Attack = new Pgd(Radius: 0.18, Steps: 5, Rule: StepRule.Relative);

    [Fact]
    public void It_withstands_the_attack_that_fools_ordinary_training()
    {
        // Three greys that differ by 100 of 255 and up to 50 of noise: changes of 0.18 leave them apart.
        var (plain, hardened) = (Robust(new SingleStage()), Robust(new AdversarialTraining { With = Attack }));

        Assert.True(hardened > plain + 0.1, $"{hardened} against {plain}");
    }

    [Fact]
    public void An_attack_without_a_radius_is_ordinary_training()
    {
        using var plain = Train(new SingleStage());
        using var same = Train(new AdversarialTraining { With = new Pgd(Radius: 0, Steps: 1) });

        // The attack lays the same pixels out differently in memory, so that sums are rounded differently.
        Assert.All(Values(plain).Zip(Values(same)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static float[] Values(Classifier network) => [.. network.parameters().SelectMany(weights => weights.cpu().data<float>().ToArray())];

    private static double Robust(Procedure procedure)
    {
        using var scope = NewDisposeScope();
        using var network = Train(procedure);
        var set = TinyProblem.Separable(150);
        var perturbed = Attack.PerturbSet(network, set, Goal.Any, RunContext.OnCpu());
        return 1 - Outcome.Of(network, set, perturbed, Goal.Any, RunContext.OnCpu()).Reached.Count(yes => yes) / 150.0;
    }

    private static Classifier Train(Procedure procedure) => procedure.Train(
        new Cnn3(Dropout: 0.2), new Course { Epochs = 6, Batch = 30 }, new([TinyProblem.Separable(300)]), Logbook.Empty, RunContext.OnCpu(3)).Network;
}
