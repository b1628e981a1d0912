using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The result of one trial of a sweep.</summary>
/// <param name="Settings">All of its settings, by name.</param>
/// <param name="Failure">Why there is no network, or null.</param>
/// <param name="Model">The network's file in the run's folder, or null.</param>
/// <param name="Kept">The epoch whose weights were kept.</param>
/// <param name="Score">How good selection found that epoch, or null.</param>
/// <param name="Validations">The kept network on the held-out digits.</param>
/// <param name="Evaluations">The kept network on the test sets.</param>
/// <param name="History">Every epoch, with the validation of each.</param>
internal sealed record TrialResult(
    IReadOnlyDictionary<string, string> Settings,
    string? Failure,
    string? Model,
    int Kept,
    double? Score,
    IReadOnlyList<SetAccuracy> Validations,
    IReadOnlyList<SetAccuracy> Evaluations,
    IReadOnlyList<EpochRecord> History)
{
    /// <summary>How long it took, all stages and measurements together; of a trial that was cut short, since it went on.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether this is what became of a trial.</summary>
    internal bool IsOf(Trial trial) => trial.Settings().All(pair => Settings.GetValueOrDefault(pair.Key) == pair.Value);
}

/// <summary>Trials that differ in their seed alone.</summary>
/// <param name="Settings">What they share, where the sweep's trials differ at all.</param>
/// <param name="Trials">One a seed; failed ones are left out.</param>
internal sealed record TrialGroup(IReadOnlyDictionary<string, string> Settings, IReadOnlyList<TrialResult> Trials)
{
    private const string SeedName = "seed";

    /// <summary>The mean of what selection found; null where every trial failed.</summary>
    public double? Score => Trials.Average(trial => trial.Score);

    /// <summary>What most groups of the sweep have, by setting.</summary>
    public IReadOnlyDictionary<string, string> Usual { get; init; } = new Dictionary<string, string>();

    /// <summary>The settings in short: those that differ from what most groups have.</summary>
    public string Name =>
        string.Join(" ", Settings.Where(pair => pair.Value != Usual.GetValueOrDefault(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"))
            is { Length: > 0 } words
            ? words
            : "as usual";

    /// <summary>Mean, lowest and highest accuracy over the seeds.</summary>
    /// <param name="of">Which accuracy.</param>
    public (double Mean, double Low, double High) Accuracy(Func<TrialResult, SetAccuracy> of) =>
        (Trials.Average(trial => of(trial).Accuracy), Trials.Min(trial => of(trial).Accuracy), Trials.Max(trial => of(trial).Accuracy));

    /// <summary>A method without those of its hyper-parameters that are the same wherever it was tried.</summary>
    private static string Short(string value, IReadOnlyList<string> all)
    {
        var (name, hyperparameters) = Parts(value);
        var tried = all.Select(Parts).Where(other => other.Name == name).ToList();
        var distinguishing = hyperparameters.Where(part => tried.Any(other => !other.Hyperparameters.Contains(part))).ToList();
        return distinguishing.Count == 0 ? name : $"{name}:{string.Join(',', distinguishing)}";
    }

    private static (string Name, string[] Hyperparameters) Parts(string value) =>
        value.Split(':', 2) is [var name, var rest] && !rest.Contains('(') ? (name, rest.Split(',')) : (value, []);

    /// <summary>Groups trials and ranks the groups, best first.</summary>
    public static IReadOnlyList<TrialGroup> Rank(IReadOnlyList<TrialResult> trials)
    {
        var varied = trials[0]
            .Settings.Keys.Where(name => name != SeedName && trials.Select(trial => trial.Settings[name]).Distinct().Count() > 1)
            .ToList();
        var groups = trials
            .GroupBy(trial => string.Join('\n', varied.Select(name => trial.Settings[name])))
            .Select(group => new TrialGroup(
                varied.ToDictionary(name => name, name => Short(group.First().Settings[name], [.. trials.Select(trial => trial.Settings[name])])),
                [.. group.Where(trial => trial.Failure is null)]))
            .ToList();
        var usual = varied.ToDictionary(
            name => name,
            name => groups.CountBy(group => group.Settings[name]).MaxBy(count => count.Value) is { Value: > 1 } most ? most.Key : "");
        return [.. groups.Select(group => group with { Usual = usual }).OrderByDescending(group => group.Score ?? double.NegativeInfinity)];
    }
}
