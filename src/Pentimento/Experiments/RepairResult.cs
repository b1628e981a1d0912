using System.Globalization;
using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>What the bench found.</summary>
/// <param name="Run">The folder.</param>
/// <param name="Selected">How the weights were selected.</param>
/// <param name="Tests">The test sets: the own one, the reversed one, then the others.</param>
/// <param name="Model">The network that is to be repaired, on these sets.</param>
/// <param name="Methods">Each method, in the bench's order.</param>
/// <param name="Failures">Trainings that made no network.</param>
/// <param name="ComparedBy">By what the advice compares methods, in words.</param>
/// <param name="Advice">Which method to use and what it costs.</param>
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
    /// <summary>Whether too few held-out images contradict the model to tell methods apart, so that their worst class stands in.</summary>
    public bool TooFewErrors { get; init; }

    /// <summary>The recommended method's name; null where too little is known to recommend one, or where none learned what the model
    /// missed.</summary>
    public string? Recommended { get; init; }

    /// <summary>The file of the recommended method's network, of the seed that does best on held-out images; null where none is
    /// recommended.</summary>
    public string? Network { get; init; }

    /// <summary>That network on the test sets; empty where none is recommended.</summary>
    public IReadOnlyList<SetAccuracy> After { get; init; } = [];

    /// <summary>The method to recommend; null where too little is known, or where none learned what the model missed.</summary>
    /// <param name="methods">Each method.</param>
    /// <param name="heldOut">By what methods are compared.</param>
    internal static RepairedMethod? Recommend(IReadOnlyList<RepairedMethod> methods, HeldOut heldOut) =>
        heldOut.Enough && methods.Count > 0 && methods.MaxBy(method => method.HeldOut.Lower) is { HeldOut.Lower: > 0 } best ? best : null;

    /// <summary>
    /// The method that does best on held-out training images, and what it costs; where they tell too little, what is missing. Test sets
    /// choose nothing; what they would have chosen is told.
    /// </summary>
    /// <param name="methods">Each method.</param>
    /// <param name="model">The network that is to be repaired, on the own and on the reversed test set.</param>
    /// <param name="heldOut">By what methods are compared.</param>
    internal static string Advise(IReadOnlyList<RepairedMethod> methods, IReadOnlyList<SetAccuracy> model, HeldOut heldOut)
    {
        if (methods.Count == 0) return "No method made a network; see the failures.";
        var best = methods.MaxBy(method => method.HeldOut.Lower)!;
        if (!heldOut.Enough)
            return Doubt(methods, best, heldOut);
        var chosen = string.Create(CultureInfo.InvariantCulture,
            $"{100 * best.HeldOut.All:0.0}% of the held-out training images are answered right, and {100 * best.HeldOut.Contradicting:0.0}% "
                + $"{heldOut.Rule}"
        );
        if (best.HeldOut.Lower == 0)
            return $"No method learned what the model missed: with {best.Name} {chosen}. Train for more epochs, or tell the bench more of what "
                + $"is known with --knows.";
        var plain = methods.FirstOrDefault(method => method.Name == "erm");
        var price = plain is null || plain == best
            ? "" : string.Create(CultureInfo.InvariantCulture, $", {best.Seconds / plain.Seconds:0.0} times a plain training");
        return string.Create(CultureInfo.InvariantCulture,
            $"Use {best.Name}, which needs {best.Supervision}: {chosen}; the lower of the two is the highest of all methods. Over {best.Seeds} "
                + $"{(best.Seeds == 1 ? "seed" : "seeds")} it answers {100 * best.Reversed:0.0}% of the reversed test right where the model "
                    + $"answers {100 * model[1].Accuracy:0.0}%, with {100 * best.Own:0.0}% on its own, for {best.Seconds:0} seconds a "
                        + $"training{price}. {Oracle(methods, best)}"
        );
    }

    /// <summary>What is missing for an advice: images of the training distribution tell nothing of a shortcut that none of them
    /// contradicts.</summary>
    private static string Doubt(IReadOnlyList<RepairedMethod> methods, RepairedMethod best, HeldOut heldOut)
    {
        var images = heldOut.Contradicting.Count;
        return string.Create(CultureInfo.InvariantCulture,
            $"There is too little evidence to advise a method: the model answers {(images == 0 ? "none" : $"only {images:N0}")} of the "
                + $"{heldOut.All.Count:N0} held-out training images wrong, and fewer than {HeldOut.Fewest} images that contradict it cannot tell "
                    + $"methods apart. More data would help, a larger --hold-out, or a model that keeps to the shortcut more, such as one "
                        + $"trained with --objective gce. Weak evidence, because it says nothing of the shortcut: {best.Name} does best on the "
                            + $"worst class of the held-out images, {100 * best.HeldOut.Contradicting:0.0}%. {Oracle(methods, best)}"
        );
    }

    private static string Oracle(IReadOnlyList<RepairedMethod> methods, RepairedMethod best)
    {
        var oracle = methods.MaxBy(method => method.Reversed)!;
        return $"No test set took part in the choice; the reversed one, as an oracle, would have chosen "
            + $"{(oracle == best ? "it too" : string.Create(CultureInfo.InvariantCulture, $"{oracle.Name}, {100 * oracle.Reversed:0.0}%"))}.";
    }
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
/// <param name="Selections">The same trainings as other rules would have selected their epochs, means over seeds.</param>
/// <param name="Models">The networks' files.</param>
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
    double Seconds,
    IReadOnlyList<SelectionReport> Selections,
    IReadOnlyList<string> Models)
{
    /// <summary>The trainings, for curves.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<TrialResult> Trials { get; init; } = [];

    /// <summary>The training whose network does best on held-out images; null where there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal TrialResult? Best { get; init; }

    /// <summary>Sums up a method's trainings.</summary>
    /// <param name="method">The method.</param>
    /// <param name="trials">Its trainings, one a seed, none failed.</param>
    /// <param name="heldOut">For each training how its network does on held-out images.</param>
    /// <param name="leftOut">For each training those without one environment in turn.</param>
    internal static RepairedMethod Of(
        RepairMethod method,
        IReadOnlyList<TrialResult> trials,
        IReadOnlyList<HeldOutScore> heldOut,
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
        return new(
            method.Name, method.Needs.Describe(), trials.Count, own.Mean, own.Deviation, reversed.Mean, reversed.Deviation,
            trials[0].Evaluations.Select((set, at) => (set.Data, at)).Skip(2).ToDictionary(pair => pair.Data, pair => Accuracy(pair.at).Mean),
            new(heldOut.Average(score => score.All), heldOut.Average(score => score.Contradicting)),
            trials.Average(trial => trial.Seconds),
            [.. selections],
            [.. trials.Select(trial => trial.Model!)])
        {
            Trials = trials,
            Best = trials.Zip(heldOut).MaxBy(pair => pair.Second.Lower).First,
        };
    }
}
