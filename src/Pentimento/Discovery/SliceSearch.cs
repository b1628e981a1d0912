using Pentimento.Cues;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>Finds and describes groups of images on which a network fails.</summary>
/// <param name="Most">How many at most.</param>
internal sealed record SliceSearch(int Most = 5)
{
    private const int Fewest = 5;
    private const double Gap = 0.1;

    /// <summary>The slices, the one with the most errors beyond the network's usual first.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="evidence">The cues, for descriptions.</param>
    /// <param name="run">The seed.</param>
    public IReadOnlyList<Slice> Of(ExaminedNetwork subject, IReadOnlyList<CueEvidence> evidence, RunContext run)
    {
        if (Most == 0) return [];
        var labels = subject.Set.Labels;
        var classes = (int)Math.Max(labels.Max(), subject.Predicted.Max()) + 1;
        var (group, typical) = new ErrorMixture().Fit(subject.Features, labels, subject.Predicted, classes, run.Seed.For("slices"));
        var overall = Enumerable.Range(0, labels.Length).Average(at => subject.Correct(at) ? 1.0 : 0);
        return
        [
            .. Enumerable.Range(0, labels.Length).GroupBy(at => group[at])
                .Select(members => (
                    Places: members.OrderByDescending(at => typical[at]).ToArray(), Accuracy: members.Average(at => subject.Correct(at) ? 1.0 : 0)))
                .Where(slice => slice.Places.Length >= Fewest && slice.Accuracy < overall - Gap)
                .OrderByDescending(slice => slice.Places.Length * (overall - slice.Accuracy))
                .Take(Most)
                .Select(slice => Described(subject, slice.Places, evidence)),
        ];
    }

    private static Slice Described(ExaminedNetwork subject, int[] places, IReadOnlyList<CueEvidence> evidence)
    {
        var labels = subject.Set.Labels;
        var share = Share.Of([.. places.Select(subject.Correct)]);
        // A group may hold images of several classes; what it is about are those that are mistaken.
        int[] wrongPlaces = [.. places.Where(at => !subject.Correct(at))];
        var label = Commonest((wrongPlaces.Length == 0 ? places : wrongPlaces).Select(at => labels[at]));
        long[] errors = [.. wrongPlaces.Where(at => labels[at] == label).Select(at => subject.Predicted[at])];
        long? predicted = errors.Length == 0 ? null : Commonest(errors);
        var (cue, disagreement) = Nearest(places, labels, evidence);
        string Name(long number) => number < subject.Set.ClassNames.Count ? subject.Set.ClassNames[(int)number] : $"{number}";
        var mistaken = errors.Count(one => one == predicted) / (double)places.Length;
        var text = $"images of class {Name(label)}"
            + (predicted is { } wrong ? $" that are taken for {Name(wrong)} in {Numbers.Percent(mistaken)} of cases" : "")
            + (cue is null ? "" : $"; in {Numbers.Percent(disagreement)} of them {SuspectReason.Called(cue)} points to another class");
        return new(places.Length, share.Value, share.Low, share.High, text, label, predicted, cue?.Cue) { Places = places };
    }

    /// <summary>The cue that contradicts these images' labels more often than those of the set's, by most.</summary>
    private static (CueEvidence? Cue, double Share) Nearest(int[] places, long[] labels, IReadOnlyList<CueEvidence> evidence)
    {
        const double Least = 0.3;
        var found = evidence.Where(one => one.Blind is not null && one.Cue.Kind != CueKind.Content).Select(one => (
                Cue: one,
                Here: places.Average(at => one.Echo.Contradicts(at, labels[at]) ? 1.0 : 0),
                All: Enumerable.Range(0, labels.Length).Average(at => one.Echo.Contradicts(at, labels[at]) ? 1.0 : 0)))
            .Where(one => one.Here - one.All > Least).OrderByDescending(one => one.Here - one.All).FirstOrDefault();
        return (found.Cue, found.Here);
    }

    private static long Commonest(IEnumerable<long> values) => values.CountBy(value => value).MaxBy(pair => pair.Value).Key;
}
