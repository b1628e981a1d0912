using System.Diagnostics;
using System.Text.Json.Nodes;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Experiments;

/// <summary>Repairs a trained network by several methods that begin with its own weights, and says which to use.</summary>
/// <param name="Training">Largest batch, optimizer and augmentation of methods that train.</param>
internal sealed record FineTuneRepair(TrainingOptions Training)
{
    // In fewer steps an epoch hardly moves the weights.
    private const int FewestSteps = 50;

    private const int SmallestBatch = 16;

    // How many cues are taken away at once, one found behind the other.
    private const int MostCues = 3;

    // After so many steps a network of digits has learned what it left to the cue; where there are more images, more remains to be learned of them.
    private const int Steps = 600;
    private const int Passes = 6;
    private const int MostSteps = 2400;

    /// <summary>The cue that is taken away; null where none is known.</summary>
    public Cue? Cue { get; init; }

    /// <summary>The attribute that misleads; null where none is known.</summary>
    public string? Attribute { get; init; }

    /// <summary>Number of epochs of methods that train; null for 6, but as many as make between 600 and 2,400
    /// steps.</summary>
    public int? Epochs { get; init; }

    /// <summary>Whether the learning rate is lowered where plain fine-tuning does harm.</summary>
    public bool AdaptsRate { get; init; }

    /// <summary>The names of methods that are tried; none for all that can be used.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>How many seeds methods that train are trained with.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The share of the images that is not learned from but compares methods.</summary>
    public double HoldOut { get; init; } = 0.1;

    /// <summary>The share of the held-out images that a recommended method may lose.</summary>
    public double? Cost { get; init; }

    /// <summary>The time after which no further training is begun.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>How the written file refers to the network that was repaired.</summary>
    public string Model { get; init; } = "";

    /// <summary>Builds the network with the weights that it came with, for procedures of several stages.</summary>
    public Architecture Begin { get; init; } = new Cnn3();

    /// <summary>Tries the methods, and writes the network of the one that is recommended.</summary>
    /// <param name="load">Reads the network; each method begins with a copy of its own.</param>
    /// <param name="sets">Images, their classes numbered as the network's; several are environments.</param>
    /// <param name="tests">Further sets that only report.</param>
    /// <param name="file">Where the network is written.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images have no such cue or attribute, do not fit the network, or show fewer than two
    /// classes.</exception>
    public RepairResult Run(Func<Classifier> load, IReadOnlyList<ImageSet> sets, IReadOnlyList<ImageSet> tests, string file, RunContext run)
    {
        var environments = new Environments(sets);
        var (learned, held) = environments.HoldOut(HoldOut, Sweep.HoldOutSeed);
        var images = new Environments(held).Pooled();
        using var model = load();
        var known = CaseOf(model, environments, learned, held, images, run.Part(0, 1, 4));
        // Whom nobody accuses and whose user names no method that goes without a cue is left alone: whatever won would not be because of a shortcut.
        if (known.Comparison is null && FineTuneMethod.NeedCue(Methods)) return LeftAlone(known, model, images, tests, file, run.Part(1, 3, 4));
        var training = TrainingOn(learned, known, run);
        if (known.Comparison is null) known = WithErrors(known, training, images, run.Part(1, 3, 4));
        var clock = Stopwatch.StartNew();
        var round = RoundOf(known, model, load, training, tests, clock, run.Part(1, 2, 4));
        var looked = "";
        // Who cannot use one cue may go on with another that nobody saw behind it.
        for (var again = 0; known.IsDiscovered && round.Chosen is not null && again < MostCues && !(clock.Elapsed > Budget); again++)
        {
            var (next, seen) = Again(load, round, environments, images, run.Part(6, 1, 8));
            looked = $" Looked at again, the repaired network: {seen}";
            if (next is null || again == MostCues - 1) break;
            var both = RoundOf(next, model, load, TrainingOn(learned, next, run) with { Options = round.Options }, tests, clock, run.Part(7, 1, 8));
            if (both.Chosen is null)
            {
                looked += $" Both were taken away as well, and that is not advised: {both.Advice.Advice}";
                break;
            }

            round = both;
        }

        (known, var before, var chosen) = (round.Known, round.Before, round.Chosen);
        var comparison = known.Comparison!;
        if (chosen is not null) Write(file, model, chosen, round.Advice.Recommended!.Name, known, round.Options, run.Seed);
        return Result(file, known, before, round.Rows, chosen, tests) with
        {
            Failures = round.Failures,
            ComparedBy = $"the lower of the accuracies on {Numbers.Whole(images.Count)} held-out images as they are and on "
                + $"{(comparison.Places.Length == images.Count ? "the same" : Numbers.Whole(comparison.Places.Length))} {comparison.Meaning}",
            Advice = round.Advice.Advice + Lowered(round.Options) + looked,
            Finding = round.Advice.Finding,
            Verdict = round.Advice.Verdict,
            Recommended = round.Advice.Recommended?.Name,
            Network = chosen is null ? null : Path.GetFullPath(file),
            Groups = RepairedGroup.Of([images, .. tests], before, chosen, known.Attribute),
            Changes = chosen is null ? null : RepairChanges.Of(comparison, before.Outcome, chosen.Outcome),
        };
    }

    /// <summary>Tries the methods once.</summary>
    private Round RoundOf(
        FineTuneCase known, Classifier model, Func<Classifier> load, FineTuneTraining training, IReadOnlyList<ImageSet> tests, Stopwatch clock,
        RunContext run)
    {
        var comparison = known.Comparison!;
        var methods = FineTuneMethod.For(known.Known, Methods);
        var steps = 1 + methods.Sum(method => method.Trains ? Seeds : 1);
        var before = FineTuneAttempt.Of(model, comparison, tests, run.Part(0, 1, steps));
        var (tried, failures) = Tried(methods, load, before, ref training, comparison, tests, clock, run, steps);
        var rows = FineTuneRows.Of(before, tried, known, run.Seed);
        var advice = RepairAdvice.Of(
            known.Finding, known.Verdict, known.Cue is not null, rows, comparison, known.MayBeProven, Cost, isAsked: known.IsAsked);
        var chosen = tried.FirstOrDefault(one => one.Method.Name == advice.Recommended?.Name).Attempts?.MaxBy(attempt => attempt.Outcome.Score.Lower);
        return new(known, before, rows, failures, advice, chosen, training.Options);
    }

    /// <summary>What the repaired network follows, and if that is a further shortcut, the case against both.</summary>
    private static (FineTuneCase? Next, string Verdict) Again(
        Func<Classifier> load, Round round, Environments all, ImageSet images, RunContext run)
    {
        using var repaired = load();
        Weights.Put(repaired, round.Chosen!.Weights, round.Advice.Recommended!.Name);
        var found = FineTuneCase.Discovered(repaired, all, images, round.Known.Further(images), run);
        var isNew = found is { Cue: not null, Finding: Finding.Shortcut } && !Both.Holds(round.Known.Cue!, found.Cue);
        return (isNew ? round.Known.AndAlso(found.Cue!, images, run) : null, found.Verdict);
    }

    /// <summary>What became of the methods against one cue, or several at once.</summary>
    private sealed record Round(
        FineTuneCase Known, FineTuneAttempt Before, IReadOnlyList<RepairedMethod> Rows, List<string> Failures, RepairAdvice Advice,
        FineTuneAttempt? Chosen, TrainingOptions Options);

    private FineTuneCase CaseOf(
        Classifier model, Environments all, Environments learned, IReadOnlyList<ImageSet> held, ImageSet images, RunContext run)
    {
        if (Cue is not null) return FineTuneCase.Against(Cue, model, all, images, run);
        if (Attribute is not null) return FineTuneCase.ByAttribute(Attribute, model, learned.Pooled(), images, run);
        return all.Sets.Count > 1
            ? FineTuneCase.ByEnvironment(model, learned, held, run)
            : FineTuneCase.Discovered(model, all, images, [], run);
    }

    private FineTuneCase WithErrors(FineTuneCase known, FineTuneTraining training, ImageSet images, RunContext run)
    {
        var published = new ConfusionBalanced();
        using var biased = new SelectiveRetraining(published.Part, published.Rounds, published.Kept).Train(
            Begin, new() { Epochs = 1, Batch = training.Options.Batch }, training.Images, TrainingLog.Empty, run.For("biased"));
        return known.WithErrorsOf(biased, images, run);
    }

    private FineTuneTraining TrainingOn(Environments learned, FineTuneCase known, RunContext run)
    {
        var images = learned.Pooled();
        var batch = Math.Min(Training.Batch, Math.Max(SmallestBatch, images.Count / FewestSteps));
        var steps = Math.Max(1, images.Count / batch);
        var usual = (Math.Clamp(Passes * steps, Steps, MostSteps) + steps - 1) / steps;
        return new(images, Training with { Batch = batch, Epochs = Epochs ?? usual }, Begin)
        {
            Cue = known.Cue?.FittedTo(images, run.Cancel),
            Attribute = known.Attribute,
            Environments = learned,
        };
    }

    private (List<(FineTuneMethod Method, List<FineTuneAttempt> Attempts)> Tried, List<string> Failures) Tried(
        IReadOnlyList<FineTuneMethod> methods, Func<Classifier> load, FineTuneAttempt before, ref FineTuneTraining training,
        HeldOutComparison comparison, IReadOnlyList<ImageSet> tests, Stopwatch clock, RunContext run, int steps)
    {
        var done = 1;
        var (tried, failures) = (new List<(FineTuneMethod, List<FineTuneAttempt>)>(), new List<string>());
        foreach (var method in methods)
        {
            var attempts = new List<FineTuneAttempt>();
            for (var at = 0; at < (method.Trains ? Seeds : 1); at++)
            {
                var part = run.Part(done++, 1, steps) with { Seed = new Seed(run.Seed.Value + (ulong)at).For(method.Name) };
                if (clock.Elapsed > Budget) continue;
                var attempt = Try(method, load, training, comparison, tests, part, failures);
                // The control comes first, so that all methods take the same.
                while (AdaptsRate && method.Name == FineTuneMethod.Control && at == 0 && !(clock.Elapsed > Budget)
                    && training.SlowerAfter(before, attempt) is { } slowed)
                {
                    training = slowed;
                    attempt = Try(method, load, training, comparison, tests, part, failures);
                }

                if (attempt is null) break;
                attempts.Add(attempt);
            }

            if (attempts.Count > 0) tried.Add((method, attempts));
        }

        return (tried, failures);
    }

    private string Lowered(TrainingOptions options) => options.Optimizer == Training.Optimizer
        ? ""
        : FormattableString.Invariant(
            $" The learning rate is {options.Optimizer.Rate:0.#####}: with {Training.Optimizer.Rate} plain fine-tuning did harm.");

    private static FineTuneAttempt? Try(
        FineTuneMethod method, Func<Classifier> load, FineTuneTraining training, HeldOutComparison comparison, IReadOnlyList<ImageSet> tests,
        RunContext run, List<string> failures)
    {
        using var network = load();
        var clock = Stopwatch.StartNew();
        try
        {
            method.Apply(network, training, run);
            var seconds = clock.Elapsed.TotalSeconds;
            return FineTuneAttempt.Of(network, comparison, tests, run) with { Seconds = seconds, Weights = Weights.Of(network) };
        }
        catch (BadInputException failure)
        {
            failures.Add($"{method.Name}: {failure.Message}");
            return null;
        }
    }

    /// <summary>The result for a network of which no shortcut is known: nothing is trained and nothing written.</summary>
    private static RepairResult LeftAlone(
        FineTuneCase known, Classifier model, ImageSet images, IReadOnlyList<ImageSet> tests, string file, RunContext run)
    {
        var before = FineTuneAttempt.Of(model, new ConflictingImages(images, [.. Enumerable.Range(0, images.Count)], "held out"), tests, run);
        return Result(file, known, before, FineTuneRows.Of(before, [], known, run.Seed), null, tests) with
        {
            ComparedBy = "nothing: no method was tried",
            Advice = (known.Finding == Finding.None
                ? "Leave the network as it is: no cue was found that it follows."
                : "Leave the network as it is: whether it follows a cue cannot be told from these images.")
                + " If you know what misleads it, say so with --against or --attribute; --methods tries those that need nothing.",
            Finding = known.Finding,
            Verdict = known.Verdict,
        };
    }

    private static RepairResult Result(
        string file, FineTuneCase known, FineTuneAttempt before, IReadOnlyList<RepairedMethod> rows, FineTuneAttempt? chosen,
        IReadOnlyList<ImageSet> tests) => new(
            Path.GetDirectoryName(Path.GetFullPath(file))!, new LastEpoch().Rule, [.. before.Tests.Select(test => test.Data)], before.Tests, rows,
            [], "", "")
        {
            Against = known.Cue,
            Discovered = known.IsDiscovered,
            Attribute = known.Attribute,
            After = chosen?.Tests ?? [],
            IsOwnWeights = true,
            HeldOutSets = before.Tests.Count - tests.Count,
        };

    private void Write(
        string file, Classifier network, FineTuneAttempt chosen, string method, FineTuneCase known, TrainingOptions options, Seed seed)
    {
        Weights.Put(network, chosen.Weights, method);
        var recipe = new JsonObject
        {
            ["repaired"] = Model,
            ["against"] = known.Cue is { } cue ? Catalog.Write(cue) : known.Attribute,
            ["method"] = method,
            ["epochs"] = options.Epochs,
            ["batch"] = options.Batch,
            ["optimizer"] = Catalog.Write(options.Optimizer),
            ["augment"] = Catalog.Write(options.Augment),
            ["seed"] = seed.Value,
        };
        ModelFile.Write(file, network, recipe.ToJsonString());
    }
}
