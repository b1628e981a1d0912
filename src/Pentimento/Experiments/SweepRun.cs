using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;
using TorchSharp;

namespace Pentimento.Experiments;

/// <summary>Trains a sweep's trials side by side in one run folder; finished trials are found done, and those cut short go on.</summary>
/// <param name="sweep">The trials.</param>
/// <param name="folder">Where results go, and where finished trials are found.</param>
/// <param name="library">Where sets are found.</param>
/// <param name="run">The device, progress, and the wish to stop; seeds are the trials'.</param>
public sealed class SweepRun(Sweep sweep, RunFolder folder, DataLibrary library, RunContext run)
{
    private readonly Dictionary<(string, Split), ImageSet> sets = [];

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="jobs">How many trials are trained at a time, each with one thread of libtorch's where there are several.</param>
    /// <param name="budget">The time after which no further trial is begun; the first always is.</param>
    /// <returns>One result a trial, in the recipe's order, without those that the budget did not reach.</returns>
    public IReadOnlyList<TrialResult> Run(int jobs, TimeSpan? budget = null)
    {
        var watch = Stopwatch.StartNew();
        SafeFile.Write(folder.At("recipe.yaml"), sweep.ToYaml());
        var validation = sweep.Validate.Select(name => Held(name)).ToList();
        var evaluation = sweep.Evaluate.Select(name => Set(name, Split.Test)).ToList();
        // Trials that learn from the same sets share them: a copy for each would fill the memory.
        var learned = sweep.Trials.Select(trial => trial.Train).Distinct().ToDictionary(sets => sets, Learned);
        if (jobs > 1) torch.set_num_threads(1);

        var results = new TrialResult?[sweep.Trials.Count];
        var progress = new SweepProgress(run.Progress, results.Length);
        var next = -1;
        // Trials differ in length, so each worker takes the next one rather than a fixed share.
        ParallelLoop.For(
            Math.Min(jobs, results.Length), jobs,
            _ =>
            {
                for (var at = Interlocked.Increment(ref next); at < results.Length; at = Interlocked.Increment(ref next))
                {
                    if (at > 0 && watch.Elapsed > budget) break;
                    var voice = run with { Seed = new(sweep.Trials[at].Seed), Progress = progress.Voice() };
                    results[at] = Result(sweep.Trials[at], learned[sweep.Trials[at].Train], validation, evaluation, voice);
                }
            },
            run.Cancel);
        var done = results.OfType<TrialResult>().ToArray();
        WriteTable(done);
        return done;
    }

    private TrialResult Result(Trial trial, Environments training, List<ImageSet> validation, List<ImageSet> evaluation, RunContext voice)
    {
        var settings = string.Join(" ", trial.Settings().Select(pair => $"{pair.Key}={pair.Value}"));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings)))[..12];
        var model = $"models/{name}.safetensors";
        string[] depends =
        [
            settings,
            .. sweep.Evaluate,
            .. sweep.Validate,
            .. sweep.Watch.Select(name => $"watch {name}"),
            $"{sweep.HoldOut}",
            $"{sweep.Limit}",
            $"{voice.Device}",
            $"{Painting.Painter.Version}",
        ];
        return folder
            .Stage(
                name,
                depends,
                [model],
                () =>
                    Train(
                        trial,
                        training,
                        model,
                        new([.. sweep.Watch.Select(name => evaluation[sweep.Evaluate.ToList().IndexOf(name)])])
                        {
                            Validation = validation,
                            Folder = folder.At($"trials/{name}"),
                        },
                        evaluation,
                        voice),
                voice)
            .Result;
    }

    private TrialResult Train(Trial trial, Environments training, string model, TrainingLog logbook, List<ImageSet> evaluation, RunContext voice)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var trained = trial.Procedure.Train(trial.Network, trial.Course(), training, logbook, voice.For("train"));
            using var network = trained.Network;
            ModelFile.Write(folder.At(model), network, string.Join(" ", trial.Settings().Select(pair => $"{pair.Key}={pair.Value}")));
            logbook.DeleteCheckpoints();
            var kept = trained.History.MaxBy(trial.Selection.Score)!;
            return new(
                trial.Settings(), null, model, kept.Epoch, trial.Selection.Score(kept), kept.Validations,
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
    }

    private Environments Learned(string train)
    {
        var environments = new Environments([
            .. train.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Set(name, Split.Train)),
        ]);
        return environments.HoldOut(sweep.HoldOut, Sweep.HoldOutSeed).Training;
    }

    private ImageSet Held(string name) => new Environments([Set(name, Split.Train)]).HoldOut(sweep.HoldOut, Sweep.HoldOutSeed).HeldOut[0];

    private ImageSet Set(string name, Split split) =>
        sets.TryGetValue((name, split), out var known) ? known : sets[(name, split)] = library.Find(name, split, sweep.Limit, run);

    private void WriteTable(TrialResult[] results)
    {
        var columns = results[0]
            .Settings.Keys.Concat(["kept", "score"])
            .Concat(sweep.Validate.Select(name => $"held-out {name}"))
            .Concat(sweep.Evaluate.SelectMany(name => new[] { name, $"{name} low", $"{name} high" }))
            .Append("failure");
        var rows = results.Select(trial =>
            trial
                .Settings.Values.Append($"{trial.Kept}")
                .Append(Number(trial.Score))
                .Concat(sweep.Validate.Select((_, at) => Number(trial.Validations.ElementAtOrDefault(at)?.Accuracy)))
                .Concat(
                    sweep.Evaluate.SelectMany(
                        (_, at) =>
                            trial.Evaluations.ElementAtOrDefault(at) is { } set
                                ? new[] { Number(set.Accuracy), Number(set.Low), Number(set.High) }
                                : ["", "", ""]))
                .Append(trial.Failure ?? ""));
        SafeFile.Write(folder.At("trials.csv"), Csv.Text(rows.Prepend(columns), "\n"));
    }

    private static string Number(double? value) => value is { } known ? known.ToString("0.######", CultureInfo.InvariantCulture) : "";

    /// <summary>Many trials heard as one work: each stage of each trial moves the whole a little.</summary>
    private sealed class SweepProgress(IProgress<Progress> listener, int trials)
    {
        private const int Grain = 1000;
        private readonly ConcurrentDictionary<object, double> shares = new();

        public IProgress<Progress> Voice() => new Member(this);

        private void Tell(Member member, double share)
        {
            shares[member] = share;
            var finished = shares.Values.Count(done => done >= 1);
            listener.Report(new("sweep", (long)(Grain * shares.Values.Sum()), Grain * (long)trials, $"{finished} of {trials} trials done"));
        }

        private sealed class Member(SweepProgress choir) : IProgress<Progress>
        {
            private double furthest;

            public void Report(Progress value)
            {
                // Only training counts; what is measured in between is short.
                if (value.Stage is "train" or "found done") choir.Tell(this, furthest = Math.Max(furthest, (double)value.Done / value.Total));
            }
        }
    }
}
