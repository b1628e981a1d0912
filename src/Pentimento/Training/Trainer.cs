using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The training loop, the only one.</summary>
public static class Trainer
{
    /// <summary>Trains a network in place and leaves it in evaluation mode, with the weights that the course's selection likes best.</summary>
    /// <param name="network">Its weights change.</param>
    /// <param name="course">What is made small, how, and for how long.</param>
    /// <param name="environments">Each step takes the same number of images from every one.</param>
    /// <param name="logbook">What is measured on the way, and where the training goes on from if it was cut short.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <param name="adversary">Attacks the network's images before every step; nobody if left out.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="BadInputException">The environments do not fit the network, the selection lacks held-out images, or the loss stops
    /// being a number.</exception>
    public static IReadOnlyList<EpochRecord> Train(
        Classifier network,
        Course course,
        Environments environments,
        TrainingLog logbook,
        RunContext run,
        Attack? adversary = null)
    {
        Require.That(environments.Shape == network.Shape, $"The network reads images of {network.Shape}, the data have {environments.Shape}.");
        Require.That(environments.Classes <= network.Classes, $"The network knows {network.Classes} classes, the data have {environments.Classes}.");
        Require.That(
            logbook.Validation.Count >= course.Selection.Needs,
            $"The selection {Catalog.Write(course.Selection)} asks {course.Selection.Needs} sets of held-out images, got {logbook.Validation.Count}; hold some out of the training."
        );
        course.Objective.CheckEnvironments(environments.Sets.Count);
        using var working = logbook.Checkpoint is { } kept ? FileLock.Try($"{kept}.lock") : null;
        Require.That(
            working is not null || logbook.Checkpoint is null, $"Another training is at work on {logbook.Checkpoint}; wait for it, or write elsewhere.");
        try
        {
            using var stepper = new TrainingStep(network, course, environments, adversary, run);
            return new Loop(network, course, stepper, logbook, KeyOf(network, course, environments, logbook, adversary, run), run).Run();
        }
        finally
        {
            network.eval();
            network.Dice = null;
            Native.ReleaseFreeMemory();
        }
    }

    /// <summary>The hash of everything that a training depends on.</summary>
    private static string KeyOf(Classifier network, Course course, Environments environments, TrainingLog logbook, Attack? adversary, RunContext run)
    {
        if (logbook.Checkpoint is null) return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{Binder.Describe(course)!.ToJsonString()} {Catalog.Write(network.Architecture)} {run.Seed} {run.Device} {(adversary is null ? "" : Catalog.Write(adversary))}"
            ));
        foreach (var (_, array) in Weights.Of(network))
            hash.AppendData(Npy.Bytes(array.Data));
        foreach (var set in environments.Sets.Concat(logbook.Validation).Concat(logbook.Evaluate))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{set.Name} {set.Count} {set.Shape}"));
            hash.AppendData(set.Pixels);
            hash.AppendData(Npy.Bytes(set.Labels));
            foreach (var (_, values) in set.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) hash.AppendData(Npy.Bytes(values));
        }

        foreach (var weights in environments.Weights) hash.AppendData(Npy.Bytes(weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Loop(Classifier network, Course course, TrainingStep stepper, TrainingLog logbook, string key, RunContext run)
    {
        private const int PartsOfAnEpoch = 20;
        private readonly List<EpochRecord> history = [];
        private List<StepRecord> steps = [];
        private int best;
        private IReadOnlyDictionary<string, NpyArray> bestNetwork = new Dictionary<string, NpyArray>();

        public List<EpochRecord> Run()
        {
            GoOn();
            try
            {
                while (!Over) Epoch();
            }
            catch (OperationCanceledException)
            {
                Keep();
                throw;
            }

            if (best != history.Count) Weights.Put(network, bestNetwork, "the best epoch");
            return history;
        }

        private bool Over =>
            history.Count >= course.Epochs || (course.Selection.StopsAfter > 0 && history.Count - best >= course.Selection.StopsAfter);

        private void Epoch()
        {
            var watch = Stopwatch.StartNew();
            var loss = steps.Sum(taken => taken.Loss);
            network.train();
            while (steps.Count < stepper.StepsPerEpoch)
            {
                steps.Add(stepper.Step());
                loss += steps[^1].Loss;
                run.Report(
                    new(
                        "train",
                        stepper.Taken,
                        (long)stepper.StepsPerEpoch * course.Epochs,
                        $"epoch {history.Count + 1} of {course.Epochs}, loss {loss / steps.Count:0.000}"));
            }

            network.eval();
            var seconds = watch.Elapsed.TotalSeconds;
            history.Add(Measured(seconds) with
            {
                Validations = [.. logbook.Validation.Select(set => SetAccuracy.Of(network, set, run))],
                Evaluations = [.. logbook.Evaluate.Select(set => SetAccuracy.Of(network, set, run))],
            });
            steps = [];
            Select();
            Keep();
            logbook.Write(history);
        }

        private EpochRecord Measured(double seconds)
        {
            var parts = steps.Chunk((int)Math.Ceiling(steps.Count / (double)PartsOfAnEpoch)).ToList();
            return new(
                history.Count + 1,
                stepper.Taken,
                steps.Average(taken => taken.Loss),
                (double)steps.Sum(taken => taken.Right) / steps.Sum(taken => taken.Seen),
                steps.Average(taken => taken.Penalty),
                stepper.Rate,
                seconds,
                [.. parts.Select(part => part.Average(taken => taken.Loss))],
                [])
            {
                Penalties = steps[0].Penalty is null ? [] : [.. parts.Select(part => part.Average(taken => taken.Penalty!.Value))],
            };
        }

        private void Select()
        {
            var isBest = best == 0 || course.Selection.Score(history[^1]) > course.Selection.Score(history[best - 1]);
            if (isBest) best = history.Count;
            // The last epoch's weights are those in the network.
            if (isBest && course.Selection is not LastEpoch) bestNetwork = Weights.Of(network);
        }

        private void Keep()
        {
            if (logbook.Checkpoint is not { } file)
                return;
            new Checkpoint(key, stepper.Taken, steps, history, best)
            {
                Network = Weights.Of(network),
                BestNetwork = bestNetwork,
                Remembered = stepper.Memory(),
            }.Write(file);
        }

        private void GoOn()
        {
            if (Checkpoint.Read(logbook.Checkpoint, key) is not { } kept) return;
            Weights.Put(network, kept.Network, logbook.Checkpoint!);
            stepper.GoOn(kept.Step, kept.Remembered);
            history.AddRange(kept.History);
            steps = [.. kept.Epoch];
            (best, bestNetwork) = (kept.BestEpoch, kept.BestNetwork);
            run.Report(new("go on", kept.Step, (long)stepper.StepsPerEpoch * course.Epochs, $"after {history.Count} of {course.Epochs} epochs"));
        }
    }
}
