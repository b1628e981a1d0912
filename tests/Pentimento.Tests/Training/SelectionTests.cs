using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Tests.Training;

public sealed class SelectionTests
{
    [Fact]
    public void The_last_epoch_is_the_best_of_its_rule() => Assert.True(new LastEpoch().Score(Epoch(2)) > new LastEpoch().Score(Epoch(1)));

    [Fact]
    public void Validation_scores_by_the_metric_that_it_names()
    {
        var epoch = Epoch(1, (0.9, 0.4, 0.7), (0.7, 0.2, 0.1));

        Assert.Equal(0.8, new Validation().Score(epoch), 1e-12);
        Assert.Equal(-0.3, new Validation(Measure.Loss).Score(epoch), 1e-12);
        Assert.Equal(0.1, new Validation(Measure.WorstClass).Score(epoch), 1e-12);
    }

    [Fact]
    public void The_laziest_has_the_lowest_reversed_accuracy_among_those_accurate_in_distribution()
    {
        var rule = new Laziest();
        var honest = rule.Score(Epoch(1, (0.99, 0, 0), (0.90, 0, 0)));
        var lazy = rule.Score(Epoch(2, (0.94, 0, 0), (0.02, 0, 0)));
        var useless = rule.Score(Epoch(3, (0.10, 0, 0), (0.00, 0, 0)));

        Assert.True(lazy > honest);
        Assert.True(honest > useless);
    }

    [Fact]
    public void The_worst_group_of_the_held_out_images_selects()
    {
        var held = TinyProblem.Separable(30).With("half", [.. Enumerable.Range(0, 30).Select(at => at / 15L)]);
        var options = new TrainingOptions { Epochs = 3, Batch = 24, Selection = new WorstGroup("half") };
        using var network = TinyProblem.Network();

        var history = Trainer.Train(network, options, new([TinyProblem.Separable(96)]), new([]) { Validation = [held] }, RunContext.OnCpu(1));

        var best = history.Max(epoch => epoch.Validations[0].WorstGroup);
        Assert.Equal(best, GroupEvaluation.Worst(Predictions.Of(network, held, RunContext.OnCpu()), held, "half"));
        Assert.Equal(history.Select(epoch => epoch.Validations[0].WorstGroup), history.Select(options.Selection.Score).Cast<double?>());
    }

    [Fact]
    public void Training_stops_after_epochs_without_a_better_one_and_keeps_the_best()
    {
        // A rate this high overshoots after a few epochs, so that the best is not the last.
        var options = new TrainingOptions
        {
            Optimizer = new Adam(0.05),
            Epochs = 60,
            Batch = 24,
            Selection = new Validation(Measure.Loss, Patience: 2),
        };
        using var network = TinyProblem.Network();

        var history = Trainer.Train(
            network,
            options,
            new([TinyProblem.Separable(96)]),
            new([]) { Validation = [TinyProblem.Separable(30)] },
            RunContext.OnCpu(1));

        var best = history.MinBy(epoch => epoch.Validations[0].Loss)!;
        Assert.Equal(best.Epoch + 2, history.Count);
        Assert.Equal(best.Validations[0].Loss, SetAccuracy.Of(network, TinyProblem.Separable(30), RunContext.OnCpu()).Loss, 1e-6);
    }

    [Fact]
    public void A_selection_that_needs_held_out_images_is_refused_without_them()
    {
        using var network = TinyProblem.Network();
        var options = new TrainingOptions { Selection = new Laziest() };

        Assert.Contains(
            "needs 2 sets of held-out images, got 0",
            Assert
                .Throws<BadInputException>(() => Trainer.Train(network, options, new([TinyProblem.Noise(9)]), TrainingLog.Empty, RunContext.OnCpu()))
                .Message,
            StringComparison.Ordinal);
    }

    private static EpochRecord Epoch(int epoch, params (double Accuracy, double Loss, double Worst)[] sets) =>
        new(epoch, epoch, 1, 1, null, 1, 1, [], [])
        {
            Validations = [.. sets.Select(set => new SetAccuracy("held", 10, set.Accuracy, 0, 1, set.Loss, set.Worst))],
        };
}
