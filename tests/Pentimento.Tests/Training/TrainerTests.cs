using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Course Course = new() { Optimizer = new Adam(3e-3), Epochs = 8, Batch = 24 };
    private static readonly ImageSet Problem = TinyProblem.Separable(96);

    [Fact]
    public void It_learns_what_can_be_learned_and_tells_how_it_went()
    {
        using var network = TinyProblem.Network();

        var history = Train(network, Course, 1, [Problem]);

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
    public void In_bfloat16_it_learns_as_well_by_other_weights_of_the_same_kind()
    {
        using var coarse = TinyProblem.Network();
        using var exact = TinyProblem.Network();

        var history = Train(coarse, Course with { Precision = Precision.Bfloat16 }, 1, [Problem]);
        Train(exact, Course, 1);

        Assert.Equal(1, history[^1].Evaluations.Single().Accuracy);
        Assert.NotEqual(Values(exact), Values(coarse));
        Assert.All(coarse.parameters(), parameter => Assert.Equal(float32, parameter.dtype));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_for_bit_and_another_does_not()
    {
        var brief = Course with { Epochs = 2 };
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
    public void What_is_evaluated_on_the_way_decides_nothing()
    {
        using var watched = TinyProblem.Network();
        using var unwatched = TinyProblem.Network();

        Train(watched, Course with { Epochs = 2 }, 1, [TinyProblem.Noise(30), Problem]);
        Train(unwatched, Course with { Epochs = 2 }, 1);

        Assert.Equal(Values(watched), Values(unwatched));
    }

    [Fact]
    public void A_schedule_scales_the_rate_from_first_to_last_step()
    {
        using var network = TinyProblem.Network();

        var history = Train(network, Course with { Schedule = new OneCycle(), Epochs = 2 }, 1);

        Assert.Equal(3e-3 * 1e-4 / 25, history[^1].LearningRate, 1e-12);
    }

    [Fact]
    public void Penalties_are_told_apart_and_each_environment_gives_its_share_of_a_step()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard();
        var environments = new Environments([Problem, TinyProblem.Noise(6)]);

        var history = Trainer.Train(
            network,
            Course with
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
    public void It_stops_when_asked_and_leaves_the_network_ready()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard(tick => tick.Done == 3);

        Assert.Throws<OperationCanceledException>(() => Trainer.Train(network, Course, new([Problem]), TrainingLog.Empty, heard.Run()));

        Assert.False(network.training);
        Assert.Null(network.Dice);
        Assert.Equal([1, 2, 3], heard.Ticks.Select(tick => tick.Done));
    }

    [Fact]
    public void Divergence_is_one_sentence_with_step_and_learning_rate()
    {
        using var network = TinyProblem.Network();
        var message = Assert.Throws<BadInputException>(() => Train(network, Course with { Optimizer = new Sgd(100) }, 1)).Message;

        Assert.Matches(@"^Training diverged at step \d+: the loss is .+ at learning rate 100; a smaller learning rate may help\.$", message);
        Assert.False(network.training);
    }

    [Fact]
    public void Progress_counts_steps_over_all_epochs()
    {
        using var network = TinyProblem.Network();
        using var heard = new Heard();

        Trainer.Train(network, Course with { Epochs = 2 }, new([Problem]), TrainingLog.Empty, heard.Run());

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], heard.Ticks.Select(tick => tick.Done));
        Assert.All(heard.Ticks, tick => Assert.Equal(("train", 8), (tick.Stage, tick.Total)));
        Assert.StartsWith("epoch 2 of 2, loss ", heard.Ticks[^1].Note);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var network = TinyProblem.Network();
        Train(network, Course with { Epochs = 1 }, 1, [Problem]);
        using var scope = NewDisposeScope();
        var (inScope, alive) = (scope.DisposablesCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        Train(network, Course with { Epochs = 2 }, 1, [Problem]);

        Assert.Equal((inScope, alive), (scope.DisposablesCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount));
    }

    [Fact]
    public void Data_that_do_not_fit_the_network_are_refused()
    {
        using var network = new Cnn3().Build(TinyProblem.Shape, 2, new(1));

        Assert.Contains("knows 2 classes, the data have 3", Assert.Throws<BadInputException>(() => Train(network, Course, 1)).Message);
        Assert.Contains(
            "reads images of 8x8x1, the data have 28x28x3",
            Assert
                .Throws<BadInputException>(() => Trainer.Train(network, Course, new([Oracle.Images]), TrainingLog.Empty, RunContext.OnCpu()))
                .Message);
    }

    private static IReadOnlyList<EpochRecord> Train(Classifier network, Course course, ulong seed, IReadOnlyList<ImageSet>? evaluate = null) =>
        Trainer.Train(network, course, new([Problem]), new(evaluate ?? []), RunContext.OnCpu(seed));

    private static List<float> Values(Classifier network) => [.. Weights.Of(network).Values.SelectMany(array => (float[])array.Data)];
}
