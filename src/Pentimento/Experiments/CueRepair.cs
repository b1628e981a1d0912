using System.Diagnostics;
using System.Text.Json.Nodes;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Takes one cue away from a trained network, by several methods that begin with its own weights, and says which to use.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Training">Largest batch and optimizer of methods that train.</param>
internal sealed record CueRepair(Cue Cue, TrainingOptions Training)
{
    // The finding's interval is narrow enough at this number of images.
    private const int Audited = 4000;

    // In fewer steps an epoch hardly moves the weights.
    private const int FewestSteps = 50;

    private const int SmallestBatch = 16;

    // After so many steps a network of digits has learned what it left to the cue.
    private const int Steps = 600;

    /// <summary>Number of epochs of methods that train; null for as many as make 600 steps.</summary>
    public int? Epochs { get; init; }

    /// <summary>What is tried.</summary>
    public IReadOnlyList<CueMethod> Methods { get; init; } = CueMethod.All;

    /// <summary>How many seeds methods that train are trained with.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The share of the images that is not learned from but compares methods.</summary>
    public double HoldOut { get; init; } = 0.1;

    /// <summary>The time after which no further training is begun.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>How the written file refers to the network that was repaired.</summary>
    public string Model { get; init; } = "";

    /// <summary>Tries the methods, and writes the network of the one that is recommended.</summary>
    /// <param name="load">Reads the network; each method begins with a copy of its own.</param>
    /// <param name="sets">Images, their classes numbered as the network's.</param>
    /// <param name="tests">Further sets that only report.</param>
    /// <param name="file">Where the network is written.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images have no such cue, do not fit the network, or show fewer than two classes.</exception>
    public RepairResult Run(Func<Classifier> load, IReadOnlyList<ImageSet> sets, IReadOnlyList<ImageSet> tests, string file, RunContext run)
    {
        var environments = new Environments(sets);
        Require.That(Cue.Fits(environments.Shape), $"Images of {environments.Shape} have no {Catalog.Write(Cue)}.");
        var (learned, held) = environments.HoldOut(HoldOut, Sweep.HoldOutSeed);
        var proof = Counterfactuals.Of(Experiments.HeldOut.Pooled(held), Cue, run.Seed.For("counterfactuals"));
        var training = TrainingOn(learned.Pooled());
        var steps = 2 + Methods.Sum(method => method.Trains ? Seeds : 1);
        using var model = load();
        var audit = CueAudit.Of(Cue, model, environments.Pooled().Take(Audited), false, run.Part(0, 1, steps));
        var before = MethodRun.Of(model, proof, tests, run.Part(1, 1, steps));
        var (tried, failures) = Tried(load, training, proof, tests, run, steps);
        var rows = Compared(before, tried, run.Seed);
        var heldOut = new HeldOut(proof.Images, [.. Enumerable.Range(0, proof.Images.Count)], proof.Meaning);
        var advice = RepairAdvice.Of(audit.Finding, audit.Verdict, true, rows, heldOut);
        var chosen = tried.FirstOrDefault(one => one.Method.Name == advice.Recommended?.Name).Attempts?.MaxBy(attempt => attempt.Outcome.Score.Lower);
        if (chosen is not null) Write(file, model, chosen, advice.Recommended!.Name, training.Options, run.Seed);
        return new(
            Path.GetDirectoryName(Path.GetFullPath(file))!, new LastEpoch().Rule, [.. before.Tests.Select(test => test.Data)], before.Tests, rows,
            failures,
            $"the lower of the accuracies on {Numbers.Whole(proof.Images.Count)} held-out images as they are and {proof.Meaning}", advice.Advice)
        {
            Against = Cue,
            Finding = advice.Finding,
            Verdict = advice.Verdict,
            Recommended = advice.Recommended?.Name,
            Network = chosen is null ? null : Path.GetFullPath(file),
            After = chosen?.Tests ?? [],
        };
    }

    private CueTraining TrainingOn(ImageSet images)
    {
        var batch = Math.Min(Training.Batch, Math.Max(SmallestBatch, images.Count / FewestSteps));
        var steps = Math.Max(1, images.Count / batch);
        return new(Cue.FittedTo(images), images, Training with { Batch = batch, Epochs = Epochs ?? ((Steps + steps - 1) / steps) });
    }

    private (List<(CueMethod Method, List<MethodRun> Attempts)> Tried, List<string> Failures) Tried(
        Func<Classifier> load, CueTraining training, Counterfactuals proof, IReadOnlyList<ImageSet> tests, RunContext run, int steps)
    {
        var (clock, done) = (Stopwatch.StartNew(), 2);
        var (tried, failures) = (new List<(CueMethod, List<MethodRun>)>(), new List<string>());
        foreach (var method in Methods)
        {
            var attempts = new List<MethodRun>();
            for (var at = 0; at < (method.Trains ? Seeds : 1); at++)
            {
                var part = run.Part(done++, 1, steps) with { Seed = new Seed(run.Seed.Value + (ulong)at).For(method.Name) };
                if (clock.Elapsed > Budget) continue;
                if (Try(method, load, training, proof, tests, part, failures) is not { } attempt) break;
                attempts.Add(attempt);
            }

            if (attempts.Count > 0) tried.Add((method, attempts));
        }

        return (tried, failures);
    }

    private static MethodRun? Try(
        CueMethod method, Func<Classifier> load, CueTraining training, Counterfactuals proof, IReadOnlyList<ImageSet> tests, RunContext run,
        List<string> failures)
    {
        using var network = load();
        var clock = Stopwatch.StartNew();
        try
        {
            method.Apply(network, training, run);
            var seconds = clock.Elapsed.TotalSeconds;
            return MethodRun.Of(network, proof, tests, run) with { Seconds = seconds, Weights = Weights.Of(network) };
        }
        catch (BadInputException failure)
        {
            failures.Add($"{method.Name}: {failure.Message}");
            return null;
        }
    }

    private static IReadOnlyList<RepairedMethod> Compared(MethodRun before, List<(CueMethod Method, List<MethodRun> Attempts)> tried, Seed seed)
    {
        var best = tried.Select(one => one.Attempts).MaxBy(attempts => attempts.Average(attempt => attempt.Outcome.Score.Lower));
        ConfidenceInterval Between(IReadOnlyList<MethodRun> one, IReadOnlyList<MethodRun> other, Func<MethodRun, bool[]> right) =>
            PairedBootstrap.Of([.. one.Select(right)], [.. other.Select(right)], seed);
        return
        [
            Row(RepairAdvice.AsItIs, "-", [before]),
            .. tried.Select(one => Row(one.Method.Name, Supervision.Nuisance.Describe(), one.Attempts) with
            {
                OwnGain = Between(one.Attempts, [before], attempt => attempt.Outcome.Own),
                Gain = Between(one.Attempts, [before], attempt => attempt.Outcome.Swapped),
                Behind = best is null || one.Attempts == best ? null : Between(one.Attempts, best, attempt => attempt.Outcome.Swapped),
            }),
        ];
    }

    private static RepairedMethod Row(string name, string supervision, IReadOnlyList<MethodRun> attempts)
    {
        MeanAndDeviation Accuracy(int place) => MeanAndDeviation.Of(attempts.Select(attempt => attempt.Tests[place].Accuracy));
        var (own, swapped, first) = (Accuracy(0), Accuracy(1), attempts[0]);
        return new(
            name, supervision, attempts.Count, own.Mean, own.Deviation, swapped.Mean, swapped.Deviation,
            first.Tests.Select((set, at) => (set.Data, at)).Skip(2).ToDictionary(pair => pair.Data, pair => Accuracy(pair.at).Mean),
            first.Outcome.Score with { All = own.Mean, BiasConflicting = swapped.Mean }, attempts.Average(attempt => attempt.Seconds), [], [])
        {
            Followed = PairedDifference.Of(
                [.. first.Outcome.Followed.Select((_, at) => attempts.Average(attempt => attempt.Outcome.Followed[at]))]),
            Right = [.. attempts.Select(attempt => attempt.Outcome.Own)],
        };
    }

    private void Write(string file, Classifier network, MethodRun chosen, string method, TrainingOptions options, Seed seed)
    {
        Weights.Put(network, chosen.Weights, method);
        var recipe = new JsonObject
        {
            ["repaired"] = Model,
            ["against"] = Catalog.Write(Cue),
            ["method"] = method,
            ["epochs"] = options.Epochs,
            ["batch"] = options.Batch,
            ["optimizer"] = Catalog.Write(options.Optimizer),
            ["seed"] = seed.Value,
        };
        ModelFile.Write(file, network, recipe.ToJsonString());
    }

    /// <summary>One network and what it does.</summary>
    /// <param name="Outcome">Of held-out images.</param>
    /// <param name="Tests">Its accuracies on them as they are, with the cue swapped, and on further sets.</param>
    private sealed record MethodRun(CounterfactualOutcome Outcome, IReadOnlyList<SetAccuracy> Tests)
    {
        public double Seconds { get; init; }

        public IReadOnlyDictionary<string, NpyArray> Weights { get; init; } = new Dictionary<string, NpyArray>();

        public static MethodRun Of(Classifier network, Counterfactuals proof, IReadOnlyList<ImageSet> tests, RunContext run)
        {
            var outcome = proof.Of(network, run);
            return new(outcome, [.. outcome.Accuracies, .. tests.Select(test => SetAccuracy.Of(network, test, run))]);
        }
    }
}
