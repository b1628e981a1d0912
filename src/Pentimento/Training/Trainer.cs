using System.Diagnostics;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>The training loop, the only one.</summary>
public static class Trainer
{
    private const int PartsOfAnEpoch = 20;

    /// <summary>Trains a network in place and leaves it in evaluation mode.</summary>
    /// <param name="network">Its weights change.</param>
    /// <param name="course">What is made small, how, and for how long.</param>
    /// <param name="environments">Each step takes the same number of images from every one.</param>
    /// <param name="evaluate">Sets whose accuracy is measured after each epoch; they decide nothing.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="BadInputException">The environments do not fit the network, or the loss stops being a number.</exception>
    public static IReadOnlyList<EpochRecord> Train(
        Classifier network, Course course, Environments environments, IReadOnlyList<ImageSet> evaluate, RunContext run)
    {
        Require.That(environments.Shape == network.Shape, $"The network reads images of {network.Shape}, the data have {environments.Shape}.");
        Require.That(environments.Classes <= network.Classes, $"The network knows {network.Classes} classes, the data have {environments.Classes}.");
        // Frozen weights are none of the optimiser's: weight decay would shrink them.
        using var optimizer = course.Optimizer.Begin(network.parameters().Where(parameter => parameter.requires_grad));
        var decks = environments.Sets.Select((set, at) => new Deck(set, run.Seed.For("order").For(at))).ToList();
        try
        {
            var loop = new Loop(network, course, decks, optimizer, environments.Count, run);
            var history = new List<EpochRecord>();
            for (var epoch = 1; epoch <= course.Epochs; epoch++)
            {
                var record = loop.Epoch(epoch);
                var accuracies = evaluate.Select(set => SetAccuracy.Of(set.Name, Judge.Accuracy(network, set, run)));
                history.Add(record with { Evaluations = [.. accuracies] });
            }

            return history;
        }
        finally
        {
            decks.ForEach(deck => deck.Dispose());
            network.eval();
            network.Dice = null;
        }
    }

    /// <summary>What one step measured.</summary>
    private readonly record struct Taken(double Loss, double? Penalty, long Right, long Seen);

    private sealed class Loop(
        Classifier network, Course course, List<Deck> decks, optim.Optimizer optimizer, int images, RunContext run)
    {
        private readonly IObjectiveState objective = course.Objective.Begin();
        private readonly int perEnvironment = Math.Max(1, course.Batch / decks.Count);
        private readonly int stepsPerEpoch = Math.Max(1, images / course.Batch);
        private int step;

        public EpochRecord Epoch(int epoch)
        {
            var watch = Stopwatch.StartNew();
            network.train();
            var steps = new List<Taken>(stepsPerEpoch);
            var (rate, loss) = (0.0, 0.0);
            while (steps.Count < stepsPerEpoch)
            {
                rate = SetRate();
                steps.Add(Step(rate));
                loss += steps[^1].Loss;
                run.Report(new("train", step, (long)stepsPerEpoch * course.Epochs, $"epoch {epoch} of {course.Epochs}, loss {loss / steps.Count:0.000}"));
            }

            network.eval();
            var parts = steps.Chunk((int)Math.Ceiling(stepsPerEpoch / (double)PartsOfAnEpoch)).Select(part => part.Average(taken => taken.Loss));
            return new(
                epoch, step, loss / stepsPerEpoch, (double)steps.Sum(taken => taken.Right) / steps.Sum(taken => taken.Seen),
                steps.Average(taken => taken.Penalty), rate, watch.Elapsed.TotalSeconds, [.. parts], []);
        }

        private double SetRate()
        {
            var last = Math.Max(1, (stepsPerEpoch * course.Epochs) - 1);
            var rate = course.Optimizer.Rate * course.Schedule.At(Math.Min(1, (double)step / last));
            foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
            return rate;
        }

        private Taken Step(double rate)
        {
            using var scope = NewDisposeScope();
            using var dice = run.Seed.For("dropout").For(step).On(run.Device.ToTorch());
            network.Dice = dice;
            optimizer.zero_grad();

            // One pass over all environments together, cut apart again for the objective.
            var dealt = decks.Select(deck => deck.Deal(perEnvironment)).ToList();
            var device = run.Device.ToTorch();
            var logits = network.call((dealt.Count == 1 ? dealt[0].Images : cat(dealt.Select(part => part.Images).ToList())).to(device));
            var answers = new List<Answers>();
            var start = 0L;
            foreach (var (_, labels) in dealt)
            {
                answers.Add(new(logits.slice(0, start, start + labels.shape[0], 1), labels.to(device)));
                start += labels.shape[0];
            }

            var loss = objective.Of(answers, step);
            var value = loss.Value.item<float>();
            Require.That(
                float.IsFinite(value),
                $"Training diverged at step {step}: the loss is {value} at learning rate {rate:0.######}; a smaller learning rate may help.");
            loss.Value.backward();
            optimizer.step();
            step++;
            var right = answers.Sum(part => part.Logits.argmax(1).eq(part.Labels).sum().item<long>());
            return new(value, loss.Penalty?.item<float>(), right, start);
        }
    }
}
