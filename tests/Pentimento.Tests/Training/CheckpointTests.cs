using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Augmentations;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Training;

public sealed class CheckpointTests
{
    private static readonly TrainingOptions Options = new() { Optimizer = new Adam(3e-3), Epochs = 4, Batch = 24 };
    private static readonly Environments Two = new([TinyProblem.Separable(96), TinyProblem.Noise(60)]);

    public static TheoryData<Optimizer> Optimizers => [.. Catalog.Defaults<Optimizer>()];

    [Theory, MemberData(nameof(Optimizers))]
    public void A_training_interrupted_anywhere_resumes_to_the_same_bytes(Optimizer optimizer)
    {
        var options = Options with { Optimizer = optimizer, Objective = new VarianceRiskExtrapolation(), Schedule = new OneCycle() };
        var whole = Train(options, null, null);

        // Six steps an epoch: in the middle of the first, at its end, in the middle of later ones, and twice in one training.
        foreach (var stops in new int[][] { [3], [6], [7], [20], [2, 15], [24] })
        {
            using var scratch = new Scratch();
            foreach (var stop in stops) Assert.Throws<OperationCanceledException>(() => Train(options, scratch.Folder, stop));
            var (weights, history) = Train(options, scratch.Folder, null);

            Assert.Equal(whole.Weights, weights);
            Assert.Equal(whole.History.Select(Told), history.Select(Told));
        }
    }

    public static TheoryData<Objective> Objectives =>
        [new InvariantRisk(10, 6, Softening: Softening.ResetMoments), new VarianceRiskExtrapolation(10, 3), new GroupDro(1), new Fishr(10, 7)];

    [Theory, MemberData(nameof(Objectives))]
    public void Buffers_of_objectives_and_changes_at_a_step_survive_an_interruption(Objective objective)
    {
        var disturbed = Chain.Of([new Shift(1), new Strokes("h-z"), new Noise("m")]);
        var options = Options with { Objective = objective, Augment = disturbed, WeightPenalty = 1e-3 };
        var whole = Train(options, null, null);

        // The moments are forgotten at step 6 or 7.
        foreach (var stops in new int[][] { [3], [6], [7], [2, 15] })
        {
            using var scratch = new Scratch();
            foreach (var stop in stops) Assert.Throws<OperationCanceledException>(() => Train(options, scratch.Folder, stop));
            Assert.Equal(whole.Weights, Train(options, scratch.Folder, null).Weights);
        }
    }

    [Fact]
    public void A_weighted_training_resumes_too()
    {
        using var scratch = new Scratch();
        var weighted = Two with { Weights = [.. Two.Sets.Select(set => set.Labels.Select(label => 1.0 + label).ToArray())] };
        var whole = Train(Options, null, null, weighted);

        Assert.NotEqual(Train(Options, null, null).Weights, whole.Weights);
        using var heard = new Heard(tick => tick is { Stage: "train" } && tick.Done == 13);
        Assert.Throws<OperationCanceledException>(() => Train(Options, scratch.Folder, heard, weighted));
        Assert.Equal(whole.Weights, Train(Options, scratch.Folder, null, weighted).Weights);
    }

    [Fact]
    public void A_training_killed_within_an_epoch_resumes_from_the_one_before()
    {
        using var scratch = new Scratch();
        var file = scratch.At("checkpoints/training.npz");
        var kept = new List<byte[]>();
        using var heard = new Heard(_ => { if (File.Exists(file)) kept.Add(File.ReadAllBytes(file)); return false; });
        var whole = Train(Options, scratch.Folder, heard);

        foreach (var checkpoint in kept.DistinctBy(Convert.ToHexString))
        {
            File.WriteAllBytes(file, checkpoint);
            Assert.Equal(whole.Weights, Train(Options, scratch.Folder, null).Weights);
        }
    }

    [Fact]
    public void A_finished_training_is_not_done_again_until_its_checkpoints_are_deleted()
    {
        using var scratch = new Scratch();
        Train(Options, scratch.Folder, null);
        using var again = new Heard();
        Train(Options, scratch.Folder, again);
        Assert.DoesNotContain("train", again.Ticks.Select(tick => tick.Stage));

        (TrainingLog.Empty with { Folder = scratch.Folder }).DeleteCheckpoints();
        using var anew = new Heard();
        Train(Options, scratch.Folder, anew);
        Assert.Contains("train", anew.Ticks.Select(tick => tick.Stage));
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_damaged_one_is_not_used()
    {
        using var scratch = new Scratch();
        Train(Options, scratch.Folder, null);
        var other = Options with { Optimizer = new Adam(1e-3) };

        Assert.Equal(Train(other, null, null).Weights, Train(other, scratch.Folder, null).Weights);

        var file = scratch.At("checkpoints/training.npz");
        foreach (var bytes in Corruption.Of(File.ReadAllBytes(file), 5, 2000))
        {
            File.WriteAllBytes(file, bytes);
            Assert.Equal(Train(other, null, null).Weights, Train(other, scratch.Folder, null).Weights);
        }
    }

    [Fact]
    public void The_best_epoch_survives_an_interruption_too()
    {
        var options = Options with { Selection = new Validation(Measure.Loss), Optimizer = new Adam(0.05), Epochs = 6 };
        var whole = Train(options, null, null);
        using var scratch = new Scratch();

        Assert.Throws<OperationCanceledException>(() => Train(options, scratch.Folder, 33));

        Assert.Equal(whole.Weights, Train(options, scratch.Folder, null).Weights);
    }

    private static (List<float> Weights, IReadOnlyList<EpochRecord> History) Train(TrainingOptions options, string? folder, int stop)
    {
        using var heard = new Heard(tick => tick is { Stage: "train" } && tick.Done == stop);
        return Train(options, folder, heard);
    }

    private static (List<float> Weights, IReadOnlyList<EpochRecord> History) Train(
        TrainingOptions options,
        string? folder,
        Heard? heard,
        Environments? environments = null)
    {
        using var network = TinyProblem.Network();
        var log = new TrainingLog([TinyProblem.Noise(9)]) { Validation = [TinyProblem.Separable(30)], Folder = folder };
        var history = Trainer.Train(network, options, environments ?? Two, log, heard?.Run(5) ?? RunContext.OnCpu(5));
        return ([.. Weights.Of(network).Values.SelectMany(array => (float[])array.Data)], history);
    }

    // How long it took is no part of what happened.
    private static string Told(EpochRecord epoch) => Json.Line(epoch with { Seconds = 0 });
}
