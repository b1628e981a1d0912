using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class AdversarialTrainingTests
{
    private static readonly Attack Attack = new Pgd(Radius: 0.1, Steps: 5, Rule: StepRule.Relative);

    [Fact]
    public void It_withstands_the_attack_that_fools_ordinary_training()
    {
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

    /// <summary>The upper half is bright or dark by 45 of 255 and right nine times out of ten; the lower by 12 and always right, but a
    /// change of 0.1 (25) turns it over.</summary>
    private static ImageSet TwoClues(int count)
    {
        var random = new SplitMix64(new(9));
        var labels = Enumerable.Range(0, count).Select(at => (long)(at % 2)).ToArray();
        var pixels = labels
            .SelectMany(label =>
            {
                var (faint, strong) = (label == 1 ? 12 : -12, (label == 1) == (random.Uniform() < 0.9) ? 45 : -45);
                return Enumerable
                    .Range(0, TinyProblem.Shape.Size)
                    .Select(at => (byte)(128 + (at < TinyProblem.Shape.Size / 2 ? strong : faint)))
                    .ToArray();
            })
            .ToArray();
        return new("two clues", pixels, labels, [], TinyProblem.Shape);
    }

    private static float[] Values(Classifier network) => [.. network.parameters().SelectMany(weights => weights.cpu().data<float>().ToArray())];

    private static double Robust(Procedure procedure)
    {
        using var scope = NewDisposeScope();
        using var network = Train(procedure);
        var set = TwoClues(150);
        var perturbed = Attack.PerturbSet(network, set, Criterion.Any, RunContext.OnCpu());
        return 1 - AttackOutcome.Of(network, set, perturbed, Criterion.Any, RunContext.OnCpu()).Reached.Count(yes => yes) / 150.0;
    }

    private static Classifier Train(Procedure procedure) => procedure.Train(
        new Cnn3(Dropout: 0.2), new TrainingOptions { Epochs = 6, Batch = 30 }, new([TwoClues(600)]), TrainingLog.Empty, RunContext.OnCpu(3)).Network;
}
