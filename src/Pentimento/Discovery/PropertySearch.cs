using Pentimento.Cues;
using Pentimento.Probing;

namespace Pentimento.Discovery;

/// <summary>Finds the properties that tell a network's predictions among images of one label: a hint where to swap, without any swap.</summary>
/// <remarks>
/// Predictions are permuted within labels, so that what a label and a property have to do with each other does not count; the largest standardised
/// rank sum over a property's values and the predicted classes is compared with the largest of each permutation (Westfall and Young, 1993,
/// "Resampling-based multiple testing"), and properties are held to 5% false findings (Benjamini and Hochberg).
/// </remarks>
internal static class PropertySearch
{
    /// <summary>The area above which a property tells more than honest networks' predictions are told by what cannot be content.</summary>
    public const double Honest = 0.7;

    private const int Permutations = 999;
    private const int MostImages = 10_000;
    private const int FewestDeciding = 10;

    /// <summary>Every property, the one that tells most first.</summary>
    public static IReadOnlyList<PredictiveProperty> Of(ExaminedNetwork subject, RunContext run)
    {
        int[] places = subject.Set.Drawn(MostImages);
        long[] Asked(long[] all) => Array.ConvertAll(places, place => all[place]);
        return Of(PropertyColumn.Of(subject, places, run), Asked(subject.Set.Labels), Asked(subject.Predicted), run);
    }

    /// <summary>The same for columns that are known.</summary>
    public static IReadOnlyList<PredictiveProperty> Of(IReadOnlyList<PropertyColumn> columns, long[] labels, long[] predicted, RunContext run)
    {
        long[] classes = [.. predicted.Distinct().Order()];
        int[] numbers = Array.ConvertAll(predicted, label => Array.BinarySearch(classes, label));
        var ranks = new StratifiedRanks(labels, numbers, classes.Length);
        var permuted = Permuted(ranks, numbers, run.Seed.For("properties"));
        var groups = columns.GroupBy(column => column.Property).Select(group => group.ToArray()).ToList();
        var found = new PredictiveProperty[groups.Count];
        ParallelLoop.For(groups.Count, run.Threads, at => found[at] = Best(groups[at], ranks, numbers, permuted, classes), run.Cancel);
        var adjusted = FalseDiscovery.Adjust([.. found.Select(one => one.PValue)]);
        return
        [
            .. found.Select((one, at) => one with { Q = adjusted[at], IsPredictive = IsPredictive(one, adjusted[at]) })
                .OrderByDescending(one => one.IsPredictive).ThenByDescending(one => one.Low),
        ];
    }

    // What may be content, such as the middle of a digit, tells what an honest network mistakes it for.
    private static bool IsPredictive(PredictiveProperty one, double q) =>
        q < CueVerdict.FalseDiscoveries && one.Low > Honest && one.Cue is not { Kind: CueKind.Content or CueKind.Pose or CueKind.Manner };

    private static PredictiveProperty Best(
        PropertyColumn[] columns, StratifiedRanks ranks, int[] predicted, List<int[]> permuted, long[] classes)
    {
        var largest = new double[permuted.Count];
        var chance = new double[permuted.Count];
        var sums = new double[classes.Length];
        (PropertyColumn Column, int Label, double Score, double Area) best = (columns[0], 0, 0, 0.5);
        foreach (var column in columns)
        {
            var order = ranks.RanksOf(column.Numbers);
            var deviations = ranks.DeviationsOf(order);
            double Score(int label) =>
                deviations[label] > 0 && ranks.Deciding[label] >= FewestDeciding ? Math.Abs(sums[label]) / deviations[label] : 0;
            ranks.Excess(order, predicted, sums);
            for (var label = 0; label < classes.Length; label++)
            {
                if (Score(label) > best.Score) best = (column, label, Score(label), ranks.Area(sums[label], label));
            }

            foreach (var (at, one) in permuted.Index())
            {
                ranks.Excess(order, one, sums);
                for (var label = 0; label < classes.Length; label++)
                {
                    if (Score(label) <= largest[at]) continue;
                    (largest[at], chance[at]) = (Score(label), Math.Abs(ranks.Area(sums[label], label) - 0.5));
                }
            }
        }

        var area = 0.5 + Math.Abs(best.Area - 0.5);
        var (low, high) = RankInterval.Of(area, ranks.SizesOf(best.Label));
        // A tie with what was seen is as good as it: sums in another order differ in their last digits.
        var pValue = best.Score == 0 ? 1 : (1.0 + largest.Count(score => score >= best.Score - 1e-9)) / (1 + permuted.Count);
        return new(
            best.Column.Property, best.Column.Value, classes[best.Label], area, low, high, best.Area >= 0.5, ranks.Chosen[best.Label],
            ranks.Others[best.Label], ranks.Deciding[best.Label], 0.5 + chance.Order().ElementAt((int)(0.95 * chance.Length)), pValue, 1, false)
        { Cue = best.Column.Cue };
    }

    /// <summary>Predictions exchanged among images of one label.</summary>
    private static List<int[]> Permuted(StratifiedRanks ranks, int[] predicted, Seed seed) =>
    [
        .. Enumerable.Range(0, Permutations).Select(at =>
        {
            var random = new SplitMix64(seed.For(at));
            var permuted = (int[])predicted.Clone();
            foreach (var stratum in ranks.Strata)
            {
                var shuffled = random.Shuffled(stratum);
                foreach (var (index, image) in stratum.Index()) permuted[image] = predicted[shuffled[index]];
            }

            return permuted;
        }),
    ];
}
