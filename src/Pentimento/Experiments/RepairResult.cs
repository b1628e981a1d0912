using System.Text.Json.Serialization;
using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>What the bench found.</summary>
/// <param name="Run">The folder.</param>
/// <param name="Selected">How the weights were selected.</param>
/// <param name="Tests">The test sets: the own one, the reversed one, then the others.</param>
/// <param name="Model">The network that is to be repaired, on these sets.</param>
/// <param name="Methods">The network as it is, then each method in the bench's order.</param>
/// <param name="Failures">Trainings that made no network.</param>
/// <param name="ComparedBy">By what the advice compares methods, in words.</param>
/// <param name="Advice">Which method to use and what it costs, or to leave the network as it is.</param>
public sealed record RepairResult(
    string Run,
    string Selected,
    IReadOnlyList<string> Tests,
    IReadOnlyList<SetAccuracy> Model,
    IReadOnlyList<RepairedMethod> Methods,
    IReadOnlyList<string> Failures,
    string ComparedBy,
    string Advice)
{
    /// <summary>The cue that was taken away, beginning with the network's own weights; null where methods train from the beginning. The two sets that
    /// come first are then held-out images as they are, and with the cue of another class.</summary>
    public Cue? Against { get; init; }

    /// <summary>Whether nobody named that cue, but it was found in the network's predictions.</summary>
    public bool Discovered { get; init; }

    /// <summary>The attribute that was said to mislead; null where none was.</summary>
    public string? Attribute { get; init; }

    /// <summary>The accuracy of each class, or each class with a value of the attribute, before and after; empty where methods train from the
    /// beginning.</summary>
    public IReadOnlyList<RepairedGroup> Groups { get; init; } = [];

    /// <summary>The page; null where none is written.</summary>
    public string? Page { get; init; }

    /// <summary>Whether methods began with the network's own weights.</summary>
    [JsonIgnore]
    internal bool IsOwnWeights { get; init; }

    /// <summary>How many of the sets are held-out images; test sets follow.</summary>
    [JsonIgnore]
    internal int HeldOutSets { get; init; }

    /// <summary>Images that are predicted otherwise, for pictures; null where nothing was repaired.</summary>
    [JsonIgnore]
    internal RepairChanges? Changes { get; init; }

    /// <summary>Whether no held-out image contradicts the shortcut, so that their worst class stands in.</summary>
    public bool TooFewErrors { get; init; }

    /// <summary>Whether the network has a shortcut at all.</summary>
    public Finding Finding { get; init; } = Finding.Undecided;

    /// <summary>The same in a sentence, with the numbers that it follows from.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>The network that is to be repaired, on the test sets.</summary>
    public IReadOnlyList<SetAccuracy> Before => Model;

    /// <summary>The recommended method's name; null where the network is better left alone, or nothing can be told.</summary>
    public string? Recommended { get; init; }

    /// <summary>The file of the recommended method's network, of the seed that does best on held-out images; null where none is
    /// recommended.</summary>
    public string? Network { get; init; }

    /// <summary>The name of the test set in which the shortcut misleads; null where none was given.</summary>
    [JsonIgnore]
    internal string? ReversedTest { get; init; }

    /// <summary>What the advice forgoes on the reversed test, which took no part in it: the accuracy of the best row there, be it a method or the
    /// network as it is, less that of what is advised; null without such a test.</summary>
    public double? Regret => ReversedTest is null || Methods.Count == 0
        ? null : Methods.Max(OnReversed) - OnReversed(Methods.FirstOrDefault(row => row.Name == Recommended) ?? Methods[0]);

    // Beginning with the own weights the row's reversed accuracy is that of held-out images, which choose the method.
    internal double OnReversed(RepairedMethod row) => row.Others.GetValueOrDefault(ReversedTest ?? "", row.Reversed);

    /// <summary>That network on the test sets; empty where none is recommended.</summary>
    public IReadOnlyList<SetAccuracy> After { get; init; } = [];
}

/// <summary>What became of one method. Fractions are of 1; a spread is the standard deviation over seeds.</summary>
/// <param name="Name">The method.</param>
/// <param name="Supervision">The supervision that it needs besides images and labels.</param>
/// <param name="Seeds">How many trainings made a network.</param>
/// <param name="Own">The mean accuracy on the own test set.</param>
/// <param name="OwnSpread">Its spread.</param>
/// <param name="Reversed">The mean accuracy on the reversed test set.</param>
/// <param name="ReversedSpread">Its spread.</param>
/// <param name="Others">The mean accuracy on the other test sets, by name.</param>
/// <param name="HeldOut">The means on held-out training images, by which the advice compares methods.</param>
/// <param name="Seconds">The mean time of a training, all stages together.</param>
public sealed record RepairedMethod(
    string Name,
    string Supervision,
    int Seeds,
    double Own,
    double OwnSpread,
    double Reversed,
    double ReversedSpread,
    IReadOnlyDictionary<string, double> Others,
    HeldOutScore HeldOut,
    double Seconds)
{
    /// <summary>The same trainings as other rules would have selected their epochs, means over seeds.</summary>
    [JsonInclude]
    internal IReadOnlyList<SelectionReport> Selections { get; init; } = [];

    /// <summary>The networks' files.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>How much more of the conflicting held-out images it gets right than the network as it is: paired, with a 95% interval over images
    /// and seeds; null for that network, and where there are no such images.</summary>
    public ConfidenceInterval? Gain { get; init; }

    /// <summary>The same on all held-out images: what it costs, where it is below 0.</summary>
    public ConfidenceInterval? OwnGain { get; init; }

    /// <summary>How much more of the conflicting ones it gets right than the method that does best: where the interval holds 0, the two cannot be
    /// told apart; null for the best, and where there are no such images.</summary>
    public ConfidenceInterval? Behind { get; init; }

    /// <summary>How much more of the conflicting ones it gets right than plain fine-tuning on the same images with as many steps: what is won
    /// beyond that is the method's; null for that control, and where methods train from the beginning.</summary>
    public ConfidenceInterval? BeyondControl { get; init; }

    /// <summary>The standard deviation over seeds on the other test sets, by name.</summary>
    public IReadOnlyDictionary<string, double> OtherSpreads { get; init; } = new Dictionary<string, double>();

    /// <summary>The share of predictions that follow the cue of --against to the donor's class; null where none was taken away.</summary>
    public ConfidenceInterval? Followed { get; init; }

    /// <summary>For each training, which held-out images it gets right.</summary>
    [JsonIgnore]
    internal IReadOnlyList<bool[]> Right { get; init; } = [];

    /// <summary>For each training, which of those it gets right that contradict the shortcut.</summary>
    [JsonIgnore]
    internal IReadOnlyList<bool[]> RightConflicting { get; init; } = [];

    /// <summary>The trainings, for curves.</summary>
    [JsonIgnore]
    internal IReadOnlyList<TrialResult> Trials { get; init; } = [];

    /// <summary>The training whose network does best on held-out images; null where there is none.</summary>
    [JsonIgnore]
    internal TrialResult? Best { get; init; }

    /// <summary>Sums up a method's trainings.</summary>
    /// <param name="method">The method.</param>
    /// <param name="trials">Its trainings, one a seed, none failed.</param>
    /// <param name="outcomes">For each training what its network predicts of the held-out images.</param>
    /// <param name="leftOut">For each training those without one environment in turn.</param>
    internal static RepairedMethod Of(
        RepairMethod method,
        IReadOnlyList<TrialResult> trials,
        IReadOnlyList<HeldOutOutcome> outcomes,
        IReadOnlyList<IReadOnlyList<TrialResult>> leftOut)
    {
        MeanAndDeviation Accuracy(int place) => MeanAndDeviation.Of(trials.Select(trial => trial.Evaluations[place].Accuracy));
        var (own, reversed) = (Accuracy(0), Accuracy(1));
        var reports = trials.SelectMany((trial, at) => SelectionReport.Of(trial.History, [.. leftOut[at].Select(without => without.History)]));
        var selections = reports
            .GroupBy(report => report.Rule)
            .Select(rule => new SelectionReport(
                rule.Key,
                (int)Math.Round(rule.Average(report => report.Epoch)),
                rule.Average(report => report.Own),
                rule.Average(report => report.Reversed)));
        HeldOutScore[] scores = [.. outcomes.Select(outcome => outcome.Score)];
        return new(
            method.Name, method.Needs.Describe(), trials.Count, own.Mean, own.Deviation, reversed.Mean, reversed.Deviation,
            trials[0].Evaluations.Select((set, at) => (set.Data, at)).Skip(2).ToDictionary(pair => pair.Data, pair => Accuracy(pair.at).Mean),
            Mean(scores),
            trials.Average(trial => trial.Seconds))
        {
            Selections = [.. selections],
            Models = [.. trials.Select(trial => trial.Model!)],
            Trials = trials,
            Best = trials.Zip(scores).MaxBy(pair => pair.Second.Lower).First,
            Right = [.. outcomes.Select(outcome => outcome.Own)],
            RightConflicting = [.. outcomes.Select(outcome => outcome.Swapped)],
        };
    }

    /// <summary>The row of the network that is to be repaired.</summary>
    internal static RepairedMethod AsItIs(IReadOnlyList<SetAccuracy> tests, HeldOutOutcome outcome) => new(
        RepairAdvice.AsItIs, "-", 1, tests[0].Accuracy, 0, tests[1].Accuracy, 0,
        tests.Skip(2).ToDictionary(set => set.Data, set => set.Accuracy), outcome.Score, 0)
    {
        Right = [outcome.Own],
        RightConflicting = [outcome.Swapped],
    };

    /// <summary>The rows with their paired differences: from the network as it is, which comes first, and from the best.</summary>
    internal static IReadOnlyList<RepairedMethod> Compared(IReadOnlyList<RepairedMethod> rows, Seed seed)
    {
        var best = rows.Skip(1).MaxBy(row => row.HeldOut.Lower);
        ConfidenceInterval? Conflicting(RepairedMethod row, RepairedMethod? other) =>
            other is null || row.RightConflicting[0].Length == 0 || ReferenceEquals(row, other)
                ? null
                : PairedBootstrap.Of(row.RightConflicting, other.RightConflicting, seed);
        return
        [
            .. rows.Select((row, at) => at == 0 ? row : row with
            {
                Gain = Conflicting(row, rows[0]),
                OwnGain = PairedBootstrap.Of(row.Right, rows[0].Right, seed),
                Behind = Conflicting(row, best),
            }),
        ];
    }

    // Errors of the same images do not average out over trainings.
    private static HeldOutScore Mean(IReadOnlyList<HeldOutScore> scores) => new(
        scores.Average(one => one.All), scores.Average(one => one.BiasConflicting))
    {
        AllError = scores.Average(one => one.AllError),
        BiasConflictingError = scores.Average(one => one.BiasConflictingError),
    };
}
