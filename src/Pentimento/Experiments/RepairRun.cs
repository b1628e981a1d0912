using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Experiments;

/// <summary>Runs the bench: every method with every seed, as a sweep in one folder that can be continued.</summary>
/// <param name="plan">What is learnt from and judged on.</param>
/// <param name="methods">What is tried.</param>
/// <param name="folder">Where results go, and where finished trainings are found.</param>
/// <param name="library">Where sets are found.</param>
/// <param name="run">Reports progress and can be cancelled.</param>
internal sealed class RepairRun(RepairPlan plan, IReadOnlyList<RepairMethod> methods, string folder, DataLibrary library, RunContext run)
{
    // One epoch of the loss that favours what is learned first.
    private static readonly RepairMethod Reference = new() { Name = "lazy", Training = new() { Objective = new GeneralizedCrossEntropy() } };

    // An annealed penalty begins to weigh after one step in this many.
    private const int WarmUp = 3;

    /// <summary>Where methods are trained.</summary>
    public Placement On { get; init; } = new();

    /// <summary>Trains what is not trained yet.</summary>
    /// <param name="model">The network that is to be repaired; its architecture is trained anew.</param>
    /// <param name="jobs">How many trainings run at a time.</param>
    /// <exception cref="BadInputException">The sets do not fit the network.</exception>
    public RepairResult Run(Classifier model, int jobs)
    {
        var before = plan.Tests.Select(name => SetAccuracy.Of(model, library.Find(name, Split.Test, plan.Limit, run), run)).ToList();
        var training = new Environments(
            ClassNumbering.Together([.. plan.Train.Select(name => library.Find(name, Split.Train, plan.Limit, run))]));
        var all = new Environments(training.HoldOut(plan.HoldOut, Sweep.HoldOutSeed).HeldOut).Pooled();
        var audit = RepairAudit.Of(model, all, run);
        var warmUp = Math.Max(1, (int)((1 - plan.HoldOut) * training.Count / plan.Batch * plan.Epochs / WarmUp));
        Trial Of(RepairMethod method, IEnumerable<string> train, ulong seed) =>
            method.Trial(string.Join(',', train), model.Architecture, plan.Epochs, plan.Batch, warmUp, seed);
        // Without one of two there is one environment left, of which an invariance objective learns nothing.
        bool LeavesEnough(RepairMethod method) => plan.Train.Count > 2 || !method.Needs.HasFlag(Supervision.Environments);
        IReadOnlyList<Trial> Without(RepairMethod method, ulong seed) =>
            plan.LeaveOneOut && LeavesEnough(method)
                ? [.. plan.Train.Select((_, left) => Of(method, plan.Train.Where((_, at) => at != left), seed))]
                : [];

        // Seed by seed, so that a budget that ends leaves every method with as many as the others.
        var planned = Enumerable
            .Range(0, plan.Seeds)
            .Select(at => plan.FirstSeed + (ulong)at)
            .SelectMany(seed => methods.Select(method => (Method: method, Full: Of(method, plan.Train, seed), Without: Without(method, seed))))
            .ToList();
        // Where no colour says which images contradict the shortcut, two lazy networks' common errors do.
        Trial[] references = audit.Comparison is not null ? [] : [.. Enumerable.Range(1, 2).Select(at =>
            Reference.Trial(string.Join(',', plan.Train), model.Architecture, 1, plan.Batch, warmUp, plan.FirstSeed + 1000 + (ulong)at))];
        var sweep = new Sweep
        {
            Name = "repair",
            Evaluate = plan.Tests,
            Validate = plan.Train,
            Watch = [plan.Own, plan.Reversed],
            HoldOut = plan.HoldOut,
            Limit = plan.Limit,
            Trials =
            [
                .. planned.SelectMany(entry => entry.Without.Prepend(entry.Full)).Concat(references).DistinctBy(trial => Key(trial.Settings())),
            ],
        };
        var results = new SweepRun(sweep, folder, library, run) { On = On }
            .Run(jobs, plan.Budget)
            .DistinctBy(result => Key(result.Settings))
            .ToDictionary(result => Key(result.Settings));
        TrialResult? Result(Trial trial) => results.GetValueOrDefault(Key(trial.Settings())) is { Failure: null } done ? done : null;

        var heldOut = audit.Comparison ?? ByErrors(all, [.. references.Select(Result).OfType<TrialResult>()]);
        var repaired = planned
            .GroupBy(entry => entry.Method)
            .Select(group =>
            {
                var done = group.Where(entry => Result(entry.Full) is not null && entry.Without.All(trial => Result(trial) is not null)).ToList();
                return done.Count == 0
                    ? null
                    : RepairedMethod.Of(
                        group.Key,
                        [.. done.Select(entry => Result(entry.Full)!)],
                        [.. done.Select(entry => OutcomeOf(Result(entry.Full)!, heldOut))],
                        [.. done.Select(entry => (IReadOnlyList<TrialResult>)[.. entry.Without.Select(trial => Result(trial)!)])]);
            })
            .OfType<RepairedMethod>()
            .ToList();
        var failures = planned
            .Select(entry => (entry.Method.Name, results.GetValueOrDefault(Key(entry.Full.Settings()))?.Failure))
            .Where(pair => pair.Failure is not null)
            .Select(pair => $"{pair.Name}: {pair.Failure}")
            .Distinct();
        var rows = RepairedMethod.Compared([RepairedMethod.AsItIs(before, heldOut.OfFitted(model, run)), .. repaired], new(plan.FirstSeed));
        var advice = RepairAdvice.Of(audit.Finding, audit.Verdict, audit.Comparison is not null, rows, heldOut, cost: plan.Cost,
            learnedLittle: ShortcutTest.LearnedLittle(rows[0].HeldOut.All, all.Labels.Distinct().Count()));
        var recommended = advice.Recommended;
        return new(
            Path.GetFullPath(folder),
            new LastEpoch().Rule,
            plan.Tests,
            before,
            rows,
            [.. failures],
            $"the lower of the accuracies on all {Numbers.Whole(all.Count)} held-out training images and {heldOut.Rule}",
            advice.Advice)
        {
            ReversedTest = plan.Reversed,
            TooFewErrors = heldOut.Places.Length == 0,
            Finding = advice.Finding,
            Verdict = advice.Verdict,
            Recommended = recommended?.Name,
            Network = recommended?.Best is { Model: { } file } ? Path.GetFullPath(Path.Combine(folder, file)) : null,
            After = recommended?.Best?.Evaluations ?? [],
        };
    }

    private HeldOutOutcome OutcomeOf(TrialResult trial, HeldOutComparison heldOut)
    {
        using var network = ModelFile.Read(Path.Combine(folder, trial.Model!)).On(run.Device);
        return heldOut.OfFitted(network, run);
    }

    private ConflictingImages ByErrors(ImageSet all, IReadOnlyList<TrialResult> references)
    {
        Classifier[] networks = [.. references.Select(trial => ModelFile.Read(Path.Combine(folder, trial.Model!)).On(run.Device))];
        try
        {
            return ConflictingImages.ByErrors(all, networks, run);
        }
        finally
        {
            foreach (var network in networks) network.Dispose();
        }
    }

    private static string Key(IReadOnlyDictionary<string, string> settings) => string.Join('\n', settings.Select(pair => $"{pair.Key}={pair.Value}"));
}
