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
internal static class Trainer
{
    /// <summary>What its stage is called in progress reports.</summary>
    public const string Stage = "train";

    /// <summary>Trains a network in place and leaves it in evaluation mode, with the weights of the selected epoch.</summary>
    /// <param name="network">The network; its weights change.</param>
    /// <param name="options">Loss, optimizer, schedule, number of epochs and the rest.</param>
    /// <param name="environments">The training images; each batch has the same number of images from every environment.</param>
    /// <param name="log">The sets that are evaluated after each epoch, and the folder of metrics and of the checkpoint to resume from.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <param name="adversary">The attack of adversarial training, run on every batch; none if null.</param>
    /// <returns>One record for each epoch.</returns>
    /// <exception cref="BadInputException">The environments do not fit the network, the selection lacks held-out images, or the loss stops
    /// being a number.</exception>
    public static IReadOnlyList<EpochRecord> Train(
        Classifier network,
        TrainingOptions options,
        Environments environments,
        TrainingLog log,
        RunContext run,
        Attack? adversary = null)
    {
        Require.That(environments.Shape == network.Shape, $"The network reads images of {network.Shape}, the data have {environments.Shape}.");
        Require.That(environments.Classes <= network.Classes, $"The network has {network.Classes} classes, the data have {environments.Classes}.");
        Require.That(
            log.Validation.Count >= options.Selection.HeldOutSets,
            $"The selection {Catalog.Write(options.Selection)} needs {options.Selection.HeldOutSets} sets of held-out images, "
                + $"got {log.Validation.Count}; hold some out of the training.");
        if (options.Selection.GroupsBy is { } attribute)
            foreach (var set in log.Validation) set.AttributeOf(attribute);
        options.Objective.CheckEnvironments(environments.Sets.Count);
        using var working = log.Checkpoint is { } kept ? FileLock.Try($"{kept}.lock") : null;
        Require.That(working is not null || log.Checkpoint is null, $"Another training is at work on {log.Checkpoint}; wait for it, or write "
            + $"elsewhere.");
        try
        {
            using var trainingStep = new TrainingStep(network, options, environments, adversary, run);
            return new Loop(network, options, trainingStep, log, KeyOf(network, options, environments, log, adversary, run), run).Run();
        }
        finally
        {
            network.eval();
            network.DropoutGenerator = null;
            Native.ReleaseFreeMemory();
        }
    }

    /// <summary>The hash of everything that a training depends on.</summary>
    private static string KeyOf(
        Classifier network, TrainingOptions options, Environments environments, TrainingLog log, Attack? adversary, RunContext run)
    {
        if (log.Checkpoint is null) return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{Binder.Describe(options)!.ToJsonString()} {Catalog.Write(network.Architecture)} {run.Seed} {run.Device} "
                    + (adversary is null ? "" : Catalog.Write(adversary))));
        foreach (var (_, array) in Weights.Of(network))
            hash.AppendData(Npy.Bytes(array.Data));
        foreach (var set in environments.Sets.Concat(log.Validation).Concat(log.Evaluate))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{set.Name} {set.Count} {set.Shape}"));
            set.Source.AddTo(hash);
            hash.AppendData(Npy.Bytes(set.Labels));
            foreach (var (_, values) in set.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) hash.AppendData(Npy.Bytes(values));
        }

        foreach (var weights in environments.Weights) hash.AppendData(Npy.Bytes(weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Loop(Classifier network, TrainingOptions options, TrainingStep trainingStep, TrainingLog log, string key, RunContext run)
    {
        private const int PartsOfAnEpoch = 20;
        private readonly List<EpochRecord> history = [];
        private List<StepMetrics> steps = [];
        private int best;
        private IReadOnlyDictionary<string, NpyArray> bestNetwork = new Dictionary<string, NpyArray>();

        public List<EpochRecord> Run()
        {
            Resume();
            try
            {
                while (!Finished) Epoch();
            }
            catch (OperationCanceledException)
            {
                SaveCheckpoint();
                throw;
            }

            if (best == history.Count) return history;
            Weights.Put(network, bestNetwork, "the best epoch");
            log.Logits.Drop();
            return history;
        }

        private bool Finished =>
            history.Count >= options.Epochs || (options.Selection.StopsAfter > 0 && history.Count - best >= options.Selection.StopsAfter);

        private void Epoch()
        {
            var watch = Stopwatch.StartNew();
            var loss = steps.Sum(taken => taken.Loss);
            network.train();
            while (steps.Count < trainingStep.StepsPerEpoch)
            {
                steps.Add(trainingStep.Step());
                loss += steps[^1].Loss;
                run.Report(
                    new(
                        Stage,
                        trainingStep.Taken,
                        (long)trainingStep.StepsPerEpoch * options.Epochs,
                        $"epoch {history.Count + 1} of {options.Epochs}, loss {loss / steps.Count:0.000}"));
            }

            network.eval();
            var seconds = watch.Elapsed.TotalSeconds;
            history.Add(Record(seconds) with
            {
                Validations = [.. log.Validation.Select(set => options.Selection.Measured(network, set, run))],
                Evaluations = Evaluate(),
            });
            steps = [];
            SelectBest();
            SaveCheckpoint();
            log.Write(history);
        }

        private List<SetAccuracy> Evaluate()
        {
            var (accuracies, all) = (new List<SetAccuracy>(), new List<float[]>());
            // What is known of the trained network is known of whole sets.
            var limit = history.Count + 1 < options.Epochs ? log.EvaluateLimit : 0;
            foreach (var set in log.Evaluate.Select(set => set.Take(limit)))
            {
                using var logits = Predictor.Logits(network, set, run);
                accuracies.Add(SetAccuracy.Of(logits, set));
                all.Add(logits.data<float>().ToArray());
            }

            if (limit == 0) log.Logits.Keep(network, all);
            else log.Logits.Drop();
            return accuracies;
        }

        private EpochRecord Record(double seconds)
        {
            var parts = steps.Chunk((int)Math.Ceiling(steps.Count / (double)PartsOfAnEpoch)).ToList();
            return new(
                history.Count + 1,
                trainingStep.Taken,
                steps.Average(taken => taken.Loss),
                (double)steps.Sum(taken => taken.Correct) / steps.Sum(taken => taken.Seen),
                steps.Average(taken => taken.Penalty),
                trainingStep.Rate,
                seconds,
                [.. parts.Select(part => part.Average(taken => taken.Loss))],
                [])
            {
                Penalties = steps[0].Penalty is null ? [] : [.. parts.Select(part => part.Average(taken => taken.Penalty!.Value))],
            };
        }

        private void SelectBest()
        {
            var isBest = best == 0 || options.Selection.Score(history[^1]) > options.Selection.Score(history[best - 1]);
            if (isBest) best = history.Count;
            // The last epoch's weights are those in the network.
            if (isBest && options.Selection is not LastEpoch) bestNetwork = Weights.Of(network);
        }

        private void SaveCheckpoint()
        {
            if (log.Checkpoint is not { } file)
                return;
            new Checkpoint(key, trainingStep.Taken, steps, history, best)
            {
                Network = Weights.Of(network),
                BestNetwork = bestNetwork,
                State = trainingStep.State(),
            }.Write(file);
        }

        private void Resume()
        {
            if (Checkpoint.Read(log.Checkpoint, key) is not { } checkpoint) return;
            Weights.Put(network, checkpoint.Network, log.Checkpoint!);
            trainingStep.Resume(checkpoint.Step, checkpoint.State);
            history.AddRange(checkpoint.History);
            steps = [.. checkpoint.Epoch];
            (best, bestNetwork) = (checkpoint.BestEpoch, checkpoint.BestNetwork);
            var total = (long)trainingStep.StepsPerEpoch * options.Epochs;
            run.Report(new("resume", checkpoint.Step, total, $"after {history.Count} of {options.Epochs} epochs"));
        }
    }
}
