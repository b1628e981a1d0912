using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>One training as another rule would have selected its epoch.</summary>
/// <param name="Rule">The rule in words.</param>
/// <param name="Epoch">The epoch that it keeps.</param>
/// <param name="Own">The accuracy there on the own test set.</param>
/// <param name="Reversed">The accuracy there on the reversed one.</param>
internal sealed record SelectionReport(string Rule, int Epoch, double Own, double Reversed)
{
    private static readonly IReadOnlyList<(string Rule, Func<EpochRecord, double> Score)> Rules =
    [
        ("last epoch", new LastEpoch().Score),
        ("held-out training images", new Validation().Score),
        ("their worst class", new Validation(Measure.WorstClass).Score),
        ("oracle: the reversed test itself", epoch => epoch.Evaluations[1].Accuracy),
    ];

    /// <summary>The same training under each rule.</summary>
    /// <param name="history">Its epochs, judged after each on the own test set first and on the reversed one second.</param>
    /// <param name="leftOut">For each environment the same method's epochs without it; none where there were no such trainings.</param>
    public static IReadOnlyList<SelectionReport> Of(IReadOnlyList<EpochRecord> history, IReadOnlyList<IReadOnlyList<EpochRecord>> leftOut)
    {
        var rules = Rules.ToList();
        // A training without an environment says of its every epoch how well it does on that one.
        if (leftOut.Count > 0)
            rules.Insert(
                3,
                ("the environment left out", epoch =>
                    leftOut.Select((without, at) => without[Math.Min(epoch.Epoch, without.Count) - 1].Validations[at].Accuracy).Average()));
        return
        [
            .. rules.Select(rule =>
            {
                var kept = history.MaxBy(rule.Score)!;
                return new SelectionReport(rule.Rule, kept.Epoch, kept.Evaluations[0].Accuracy, kept.Evaluations[1].Accuracy);
            }),
        ];
    }
}
