using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Options = new() { Optimizer = new Adam(3e-3), Epochs = 8, Batch = 24 };
    private static readonly ImageSet Problem = TinyProblem.Separable(96);

    [Fact]
    public void The_loss_falls_and_one_record_is_kept_for_each_epoch()
    {
        using var network = TinyProblem.Network();

        var history = Train(network, Options, 1, [Problem]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], history.Select(epoch => epoch.Epoch));
        Assert.Equal([4, 8, 12], history.Take(3).Select(epoch => epoch.Steps));
        Assert.Equal(1, history[^1].Evaluations.Single().Accuracy);
        Assert.Equal(("separable", 96), (history[0].Evaluations[0].Data, history[0].Evaluations[0].Count));
        Assert.True(history[^1].Loss < history[0].Loss / 2);
        Assert.True(history[^1].Accuracy > history[0].Accuracy);
        Assert.All(history, epoch => Assert.Equal((3e-3, null), (epoch.LearningRate, epoch.Penalty)));
        Assert.False(network.training);
    }

    [Fact]
    public void In_bfloat16_the_accuracy_is_as_good_and_weights_differ_but_stay_float32()
    {
        using var coarse = TinyProblem.Network();
        using var exact = TinyProblem.Network();

        var history = Train(coarse, Options with { Precision = Precision.Bfloat16 }, 1, [Problem]);
        Train(exact, Options, 1);

        Assert.Equal(1, history[^1].Evaluations.Single().Accuracy);
        Assert.NotEqual(Values(exact), Values(coarse));
        Assert.All(coarse.parameters(), parameter => Assert.Equal(float32, parameter.dtype));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_for_bit_and_another_does_not()
    {
        var brief = Options with { Epochs = 2 };
        using var first = TinyProblem.Network();
        using var again = TinyProblem.Network();
        using var other = TinyProblem.Network();

        var history = Train(first, brief, 1);
        Assert.Equal(history.Select(epoch => epoch.Loss), Train(again, brief, 1).Select(epoch => epoch.Loss));
        Train(other, brief, 2);

        Assert.Equal(Values(first), Values(again));
        Assert.NotEqual(Values(first), Values(other));
    }

    [Fact]
    public void Evaluated_sets_do_not_change_the_training()
    {
        using var watched = TinyProblem.Network();
        using var unwatched = TinyProblem.Network();

        Train(watched, Options with { Epochs = 2 }, 1, [TinyProblem.Noise(30), Problem]);
        Train(unwatched, Options with { Epochs = 2 }, 1);

        Assert.Equal(Values(watched), Values(unwatched));
    }

    [Fact]
    public void A_schedule_scales_the_rate_from_first_to_last_step()
    {
        using var network = TinyProblem.Network();

        var history = Train(network, Options with { Schedule = new OneCycle(), Epochs = 2 }, 1);

        Assert.Equal(3e-3 * 1e-4 / 25, history[^1].LearningRate, 1e-12);
    }

    [Fact]
    public void Penalties_are_logged_and_each_environment_gives_its_share_of_a_batch()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard();
        var environments = new Environments([Problem, TinyProblem.Noise(6)]);

        var history = Trainer.Train(
            network,
            Options with
            {
                Objective = new VarianceRiskExtrapolation(),
                Epochs = 1,
            },
            environments,
            TrainingLog.Empty,
            heard.Run());

        // 102 images in batches of 24 are four steps.
        Assert.Equal(4, history[0].Steps);
        Assert.True(history[0].Penalty > 0);
    }

    [Fact]
    public void A_cancelled_training_leaves_the_network_in_evaluation_mode()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard(tick => tick.Done == 3);

        Assert.Throws<OperationCanceledException>(() => Trainer.Train(network, Options, new([Problem]), TrainingLog.Empty, heard.Run()));

        Assert.False(network.training);
        Assert.Null(network.DropoutGenerator);
        Assert.Equal([1, 2, 3], heard.Ticks.Select(tick => tick.Done));
    }

    [Fact]
    public void Divergence_is_one_sentence_with_step_and_learning_rate()
    {
        using var network = TinyProblem.Network();
        var message = Assert.Throws<BadInputException>(() => Train(network, Options with { Optimizer = new Sgd(100) }, 1)).Message;

        Assert.Matches(@"^Training diverged at step \d+: the loss is .+ at learning rate 100; a smaller learning rate may help\.$", message);
        Assert.False(network.training);
    }

    [Fact]
    public void Progress_counts_steps_over_all_epochs()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard();

        Trainer.Train(network, Options with { Epochs = 2 }, new([Problem]), TrainingLog.Empty, heard.Run());

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], heard.Ticks.Select(tick => tick.Done));
        Assert.All(heard.Ticks, tick => Assert.Equal(("train", 8), (tick.Stage, tick.Total)));
        Assert.StartsWith("epoch 2 of 2, loss ", heard.Ticks[^1].Note);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var network = TinyProblem.Network();
        Train(network, Options with { Epochs = 1 }, 1, [Problem]);
        using var scope = NewDisposeScope();
        var (inScope, alive) = (scope.DisposablesCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        Train(network, Options with { Epochs = 2 }, 1, [Problem]);

        Assert.Equal((inScope, alive), (scope.DisposablesCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount));
    }

    [Fact]
    public void Data_that_do_not_fit_the_network_are_refused()
    {
        using var network = new Cnn3().Build(TinyProblem.Shape, 2, new(1));

        Assert.Contains("has 2 classes, the data have 3", Assert.Throws<BadInputException>(() => Train(network, Options, 1)).Message);
        Assert.Contains(
            "reads images of 8x8x1, the data have 28x28x3",
            Assert
                .Throws<BadInputException>(() => Trainer.Train(network, Options, new([Oracle.Images]), TrainingLog.Empty, RunContext.OnCpu()))
                .Message);
    }

    private static IReadOnlyList<EpochRecord> Train(
        Classifier network, TrainingOptions options, ulong seed, IReadOnlyList<ImageSet>? evaluate = null) =>
        Trainer.Train(network, options, new([Problem]), new(evaluate ?? []), RunContext.OnCpu(seed));

    private static List<float> Values(Classifier network) => [.. Weights.Of(network).Values.SelectMany(array => (float[])array.Data)];
}
