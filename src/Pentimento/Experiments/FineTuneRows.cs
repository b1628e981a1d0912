using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The table of methods that begin with the network's own weights, with paired differences from the network, the control and the
/// best.</summary>
internal static class FineTuneRows
{
    /// <summary>The rows: the network as it is, then each method.</summary>
    public static IReadOnlyList<RepairedMethod> Of(
        FineTuneAttempt before, List<(FineTuneMethod Method, List<FineTuneAttempt> Attempts)> tried, FineTuneCase known, Seed seed)
    {
        var best = tried.Select(one => one.Attempts).MaxBy(attempts => attempts.Average(attempt => attempt.Outcome.Score.Lower));
        var control = tried.FirstOrDefault(one => one.Method.Name == FineTuneMethod.Control).Attempts;
        ConfidenceInterval Between(List<FineTuneAttempt> one, List<FineTuneAttempt> other, Func<FineTuneAttempt, bool[]> right) =>
            PairedBootstrap.Of([.. one.Select(right)], [.. other.Select(right)], seed);
        static bool[] Swapped(FineTuneAttempt attempt) => attempt.Outcome.Swapped;
        return
        [
            Row(RepairAdvice.AsItIs, "-", [before]),
            .. tried.Select(one => Row(one.Method.Name, Supervision(one.Method, known), one.Attempts) with
            {
                OwnGain = Between(one.Attempts, [before], attempt => attempt.Outcome.Own),
                Gain = Between(one.Attempts, [before], Swapped),
                Behind = best is null || one.Attempts == best ? null : Between(one.Attempts, best, Swapped),
                BeyondControl = control is null || one.Attempts == control ? null : Between(one.Attempts, control, Swapped),
            }),
        ];
    }

    // What was found in the images nobody had to say.
    private static string Supervision(FineTuneMethod method, FineTuneCase known)
    {
        var used = method.Needs | (method.Uses & known.Known);
        return (known.IsDiscovered ? used & ~Training.Supervision.Nuisance : used).Describe();
    }

    private static RepairedMethod Row(string name, string supervision, List<FineTuneAttempt> attempts)
    {
        MeanAndDeviation Accuracy(int place) => MeanAndDeviation.Of(attempts.Select(attempt => attempt.Tests[place].Accuracy));
        var (own, swapped, first) = (Accuracy(0), Accuracy(1), attempts[0]);
        var others = first.Tests.Select((set, at) => (set.Data, at)).Skip(2);
        return new(
            name, supervision, attempts.Count, own.Mean, own.Deviation, swapped.Mean, swapped.Deviation,
            others.ToDictionary(pair => pair.Data, pair => Accuracy(pair.at).Mean),
            first.Outcome.Score with { All = own.Mean, BiasConflicting = swapped.Mean }, attempts.Average(attempt => attempt.Seconds))
        {
            OtherSpreads = others.ToDictionary(pair => pair.Data, pair => Accuracy(pair.at).Deviation),
            Followed = first.Outcome.Followed.Length == 0 ? null : PairedDifference.Of(
                [.. first.Outcome.Followed.Select((_, at) => attempts.Average(attempt => attempt.Outcome.Followed[at]))]),
            Right = [.. attempts.Select(attempt => attempt.Outcome.Own)],
        };
    }
}
