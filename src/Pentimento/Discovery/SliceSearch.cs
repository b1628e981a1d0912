using Pentimento.Cues;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>Finds and describes groups of images on which a network fails: those that a suspect misleads, and those that are alike to the network.
/// </summary>
/// <param name="Most">How many at most.</param>
internal sealed record SliceSearch(int Most = 5)
{
    private const int Fewest = 5;
    private const double Gap = 0.1;

    /// <summary>The slices, the one with the most errors beyond the network's usual first.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="rulings">The cues, the gravest suspects first.</param>
    /// <param name="run">The seed.</param>
    public IReadOnlyList<Slice> Of(ExaminedNetwork subject, IReadOnlyList<CueVerdict> rulings, RunContext run)
    {
        if (Most == 0) return [];
        var overall = Accuracy(subject, [.. Enumerable.Range(0, subject.Set.Count)]);
        // A suspect may mislead few images, and most of those in vain: they come in whatever larger groups there are.
        return
        [
            .. Failing(Misled(subject, rulings), 0).Concat(Failing(Similar(subject, run).Select(places => (places, (CueEvidence?)null)), Gap))
                .Take(Most).OrderByDescending(slice => slice.Errors)
                .Select(slice => Described(subject, slice.Places, slice.Suspect, rulings)),
        ];

        // Those in which the network fails more often than elsewhere, by their errors beyond the usual.
        IEnumerable<(int[] Places, CueEvidence? Suspect, double Errors)> Failing(
            IEnumerable<(int[] Places, CueEvidence? Suspect)> groups, double gap) => groups
            .Select(group => (group.Places, group.Suspect, Gap: overall - Accuracy(subject, group.Places)))
            .Where(group => group.Places.Length >= Fewest && group.Gap > gap)
            .Select(group => (group.Places, group.Suspect, Errors: group.Places.Length * group.Gap))
            .OrderByDescending(group => group.Errors);
    }

    /// <summary>For each suspect the images that it contradicts: those first that are mistaken for the class that it says, then other mistakes, and
    /// of each those that it contradicts most. Of suspects that say much the same the gravest.</summary>
    private static IEnumerable<(int[] Places, CueEvidence? Suspect)> Misled(ExaminedNetwork subject, IReadOnlyList<CueVerdict> rulings)
    {
        var known = new HashSet<int>();
        foreach (var ruling in rulings.Where(ruling => ruling.Finding != Finding.None))
        {
            var (words, commanded) = (ruling.Evidence.Echo, CueVerdict.CommandedClasses(ruling.Evidence));
            int[] places =
            [
                .. Enumerable.Range(0, subject.Set.Count).Where(at => words.Contradicts(at, subject.Set.Labels[at], commanded))
                    .OrderByDescending(at => subject.Correct(at) ? 0 : subject.Predicted[at] == words.Says[at] ? 2 : 1)
                    .ThenByDescending(at => words.Margins[at]),
            ];
            if (places.Count(known.Contains) * 2 > places.Length) continue;
            known.UnionWith(places);
            yield return (places, ruling.Evidence);
        }
    }

    /// <summary>Images that are alike to the network, those the most typical first.</summary>
    private static IEnumerable<int[]> Similar(ExaminedNetwork subject, RunContext run)
    {
        var labels = subject.Set.Labels;
        var classes = (int)Math.Max(labels.Max(), subject.Predicted.Max()) + 1;
        var (group, typical) = new ErrorMixture().Fit(subject.Features, labels, subject.Predicted, classes, run.Seed.For("slices"));
        return Enumerable.Range(0, labels.Length).GroupBy(at => group[at]).Select(members => members.OrderByDescending(at => typical[at]).ToArray());
    }

    private static double Accuracy(ExaminedNetwork subject, int[] places) =>
        places.Select(at => subject.Correct(at) ? 1.0 : 0).DefaultIfEmpty(1).Average();

    private static Slice Described(ExaminedNetwork subject, int[] places, CueEvidence? suspect, IReadOnlyList<CueVerdict> rulings)
    {
        var labels = subject.Set.Labels;
        var share = Share.Of([.. places.Select(subject.Correct)]);
        // A group may hold images of several classes; what it is about are those that are mistaken.
        int[] wrongPlaces = [.. places.Where(at => !subject.Correct(at))];
        var label = Commonest((wrongPlaces.Length == 0 ? places : wrongPlaces).Select(at => labels[at]));
        long[] errors = [.. wrongPlaces.Where(at => labels[at] == label).Select(at => subject.Predicted[at])];
        long? predicted = errors.Length == 0 ? null : Commonest(errors);
        string Name(long number) => number < subject.Set.ClassNames.Count ? subject.Set.ClassNames[(int)number] : $"{number}";
        if (suspect is not null)
        {
            var commanded = wrongPlaces.Count(at => subject.Predicted[at] == suspect.Echo.Says[at]) / (double)Math.Max(1, wrongPlaces.Length);
            var words = $"images in which {SuspectReason.Called(suspect)} points to another class; {Numbers.Percent(commanded)} of the errors"
                + " among them are the class that it says";
            return new(places.Length, share.Value, share.Low, share.High, words, label, predicted, suspect.Cue) { Places = places };
        }

        var (cue, disagreement) = Nearest(places, labels, rulings);
        var mistaken = errors.Count(one => one == predicted) / (double)places.Length;
        var text = $"images of class {Name(label)}"
            + (predicted is { } wrong ? $" that are taken for {Name(wrong)} in {Numbers.Percent(mistaken)} of cases" : "")
            + (cue is null ? "" : $"; in {Numbers.Percent(disagreement)} of them {SuspectReason.Called(cue)} points to another class");
        return new(places.Length, share.Value, share.Low, share.High, text, label, predicted, cue?.Cue) { Places = places };
    }

    /// <summary>The cue that contradicts these images' labels more often than those of the set's, by most.</summary>
    private static (CueEvidence? Cue, double Share) Nearest(int[] places, long[] labels, IReadOnlyList<CueVerdict> rulings)
    {
        const double Least = 0.3;
        var found = rulings.Select(ruling => ruling.Evidence)
            .Where(one => one.Blind is not null && one.Cue.Kind is not (CueKind.Content or CueKind.Pose))
            .Select(one => (
                Cue: one,
                Here: places.Average(at => one.Echo.Contradicts(at, labels[at]) ? 1.0 : 0),
                All: Enumerable.Range(0, labels.Length).Average(at => one.Echo.Contradicts(at, labels[at]) ? 1.0 : 0)))
            .Where(one => one.Here - one.All > Least).OrderByDescending(one => one.Here - one.All).FirstOrDefault();
        return (found.Cue, found.Here);
    }

    private static long Commonest(IEnumerable<long> values) => values.CountBy(value => value).MaxBy(pair => pair.Value).Key;
}
