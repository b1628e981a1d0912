using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Pentimento.Evaluation;
using Pentimento.Experiments.Store;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;
using TorchSharp;

namespace Pentimento.Experiments;

/// <summary>Trains a sweep's trials side by side on one store; finished trials are found done, and those cut short go on.</summary>
/// <param name="sweep">The trials.</param>
/// <param name="folder">Where results go, and where finished trials are found.</param>
/// <param name="library">Where sets are found.</param>
/// <param name="run">Device, progress and cancellation; seeds are the trials'.</param>
internal sealed class SweepRun(Sweep sweep, string folder, DataLibrary library, RunContext run)
{
    private readonly SweepSets sets = new(sweep, library, run);

    /// <summary>Where the trials are trained.</summary>
    public Placement On { get; init; } = new();

    /// <summary>The trials as steps.</summary>
    public IReadOnlyList<Step> Steps() => [.. sweep.Trials.DistinctBy(NameOf).Select(StepOf)];

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="jobs">How many trials are trained at a time, each with one thread of libtorch's where there are several.</param>
    /// <param name="budget">The time after which no further trial is begun; the first always is.</param>
    /// <returns>One result a trial, in the recipe's order, without those that the budget did not reach.</returns>
    public IReadOnlyList<TrialResult> Run(int jobs, TimeSpan? budget = null)
    {
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), sweep.ToYaml());
        if (jobs > 1 && On.Executor.IsInProcess) torch.set_num_threads(1);
        return Gather(new GraphRun(store, run) { On = On, Jobs = jobs, Limit = budget, Whole = "sweep" }.Run(Steps()), store.Folder);
    }

    /// <summary>Puts the sweep together from its finished trials.</summary>
    public IReadOnlyList<TrialResult> Gather(StepResults done, string place)
    {
        var finished = sweep.Trials.Select(trial => done.Find(NameOf(trial))).OfType<FinishedStep>().ToList();
        TrialResult[] results = [.. finished.Select(step => step.Result<TrialResult>())];
        finished = [.. finished.DistinctBy(step => step.Record.Name)];
        RunFolder.Write(place, finished.ToDictionary(step => step.Record.Name, step => (object?)step.Json), finished);
        TrialTable.Write(Path.Combine(place, "trials.csv"), sweep, results);
        return results;
    }

    private static string NameOf(Trial trial)
    {
        var settings = string.Join(" ", trial.Settings().Select(pair => $"{pair.Key}={pair.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings)))[..12];
    }

    private ComputedStep StepOf(Trial trial)
    {
        string[] parts =
        [
            StepKey.OfSettings(trial, run),
            .. sets.Hashes(trial.Train),
            $"{library.Size}",
            $"{sweep.HoldOut}",
            $"{sweep.Limit}",
        ];
        return new(NameOf(trial), [], parts, (_, place, voice) => Train(trial, place, voice)) { Seed = new(trial.Seed) };
    }

    private TrialResult Train(Trial trial, string place, RunContext voice)
    {
        var watch = Stopwatch.StartNew();
        var evaluation = sets.Evaluation;
        var log = new TrainingLog([.. sweep.Watch.Select(name => evaluation[sweep.Evaluate.ToList().IndexOf(name)])])
        {
            Validation = sets.Validation,
            Folder = place,
            Stage = NameOf(trial),
        };
        try
        {
            var trained = trial.Training.Train(sets.Learned(trial.Train), log, voice.For("train"));
            using var network = trained.Network;
            var about = string.Join(" ", trial.Settings().Select(pair => $"{pair.Key}={pair.Value}"));
            ModelFile.Write(Path.Combine(place, OperationStep.NetworkFile), network, about);
            var kept = trained.History.MaxBy(trial.Training.Selection.Score)!;
            return new(
                trial.Settings(), null, $"models/{NameOf(trial)}.safetensors", kept.Epoch, trial.Training.Selection.Score(kept), kept.Validations,
                [.. evaluation.Select(set => SetAccuracy.Of(network, set, voice))], trained.History)
            {
                Seconds = watch.Elapsed.TotalSeconds,
            };
        }
        catch (BadInputException failure)
        {
            // A training that diverges is an answer too.
            return new(trial.Settings(), failure.Message, null, 0, null, [], [], []);
        }
        finally
        {
            if (!voice.Cancel.IsCancellationRequested) log.DeleteCheckpoints();
        }
    }
}
