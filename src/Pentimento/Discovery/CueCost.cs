using Pentimento.Cues;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>What following a cue costs on real images: those on which the cue and the label disagree, beside those on which they agree.</summary>
/// <param name="Agreeing">The network's accuracy where the cue says the label.</param>
/// <param name="Contradicting">Its accuracy where the cue says another class, or is missing.</param>
/// <param name="Blind">The accuracy on the latter of the same network whose last layer cannot use the cue.</param>
/// <param name="Sighted">The same where it can.</param>
/// <param name="Gain">The difference of the two, with its interval over images: what not using the cue mends.</param>
/// <param name="Own">The difference between the former and the user's network, likewise.</param>
/// <param name="PValue">The probability of such a difference where not using the cue mends nothing.</param>
/// <param name="OwnPValue">The same beside the user's network.</param>
/// <param name="Misled">Of the network's errors on contradicting images, those in which it predicts the class that the cue says.</param>
/// <param name="Mended">Of the network's errors on contradicting images, those mended by the cue of an image of the own class.</param>
/// <param name="Balanced">What not using the cue adds where images that agree and images that contradict count alike: what it mends less what it
/// costs.</param>
/// <param name="Net">The same where images that agree are twice as many.</param>
/// <param name="NetPValue">The probability of so much where it adds no more than the least that counts.</param>
internal sealed record CueCost(
    Share Agreeing, Share Contradicting, Share Blind, Share Sighted, ConfidenceInterval Gain, ConfidenceInterval Own, double PValue, double OwnPValue,
    Share Misled, Share Mended, ConfidenceInterval Balanced, ConfidenceInterval Net,
    double NetPValue)
{
    /// <summary>Of the errors on contradicting images, those that the own class's cue mends beyond those that the cue mends of another image that
    /// says what theirs says: what changing the cue does without changing what it says. Null where nobody asks, and where there are none.</summary>
    public ConfidenceInterval? MendedBeyond { get; init; }

    /// <summary>How many images that agree with a cue are counted for each that contradicts it.</summary>
    /// <remarks>
    /// Where a cue is one honest piece of evidence among others, it helps about half as much where it agrees as it misleads where it does not: an
    /// honest network of objects, right in four of five, lost 13 points by not using the spectrum, and won 29. Of planted cues, which the rest of
    /// the image makes dispensable, a network loses a third or less of what it wins.
    /// </remarks>
    public const double AgreeingForEach = 2;

    /// <summary>
    /// The least that not using a cue must add to the accuracy over both, unless the cue lies beside what is shown.
    /// </summary>
    /// <remarks>Honest networks of digits and objects were seen at 0.012 and less on 10,000 images, planted cues at 0.03 and more.</remarks>
    public const double LeastNet = 0.02;

    private const int MostMended = 300;
    private const int Fewest = 30;

    /// <summary>Measures it.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="reading">What the cue alone says about the prediction.</param>
    /// <param name="blindNetwork">The same network, its last layer fitted where the cue says nothing.</param>
    /// <param name="sightedNetwork">The same where it still says the class.</param>
    /// <param name="commanded">The classes by which alone the network is commanded: only images of which the cue says one of these contradict then,
    /// or that show one of them, where there are any; that another is missing says little where others are known by other things.</param>
    /// <param name="run">Decides the donors.</param>
    public static CueCost Of(
        ExaminedNetwork subject, Cue cue, CuePredictions reading, ControlNetwork blindNetwork, ControlNetwork sightedNetwork,
        IReadOnlySet<long> commanded, RunContext run)
    {
        var labels = subject.Set.Labels;
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var (blind, sighted) = (blindNetwork.OfSet(subject.Features), sightedNetwork.OfSet(subject.Features));
        Share Correct(IEnumerable<int> places, long[] predicted) => Share.Of([.. places.Select(at => predicted[at] == labels[at])]);
        int[] agreeing = [.. all.Where(at => reading.Agrees(at, labels[at]))];
        int[] every =
        [
            .. all.Where(at => reading.Contradicts(at, labels[at], commanded)).OrderByDescending(at => reading.Margins[at]),
        ];
        var parts = Parts(every);
        var contradicting = parts.MinBy(part => PairedDifference.PValue(Gains(part)))!;
        double[] Gains(int[] places) => [.. places.Select(at => (blind[at] == labels[at] ? 1.0 : 0) - (sighted[at] == labels[at] ? 1.0 : 0))];
        double[] own = [.. contradicting.Select(at => (blind[at] == labels[at] ? 1.0 : 0) - (subject.Correct(at) ? 1.0 : 0))];
        int[] errors = [.. contradicting.Where(at => !subject.Correct(at))];
        var (mended, beyond) = MendedOf(subject, cue, reading, errors, run);
        return new(
            Correct(agreeing, subject.Predicted),
            Correct(contradicting, subject.Predicted),
            Correct(contradicting, blind),
            Correct(contradicting, sighted),
            PairedDifference.Of(Gains(contradicting)),
            PairedDifference.Of(own),
            Math.Min(1, parts.Count * PairedDifference.PValue(Gains(contradicting))),
            Math.Min(1, parts.Count * PairedDifference.PValue(own)),
            Share.Of([.. errors.Select(at => subject.Predicted[at] == reading.Says[at])]),
            Share.Of(mended),
            PairedDifference.Over(Gains(contradicting), Gains(agreeing), 1),
            PairedDifference.Over(Gains(contradicting), Gains(agreeing), AgreeingForEach),
            Math.Min(1, parts.Count * PairedDifference.PValueOver(Gains(contradicting), Gains(agreeing), AgreeingForEach, LeastNet)))
        {
            MendedBeyond = beyond,
        };
    }

    /// <summary>
    /// All contradicting images, and the half, quarter and eighth of them that the cue contradicts most: where many classes look alike to the cue,
    /// most of the first are no contradictions. The probability is multiplied by how many were tried (Bonferroni).
    /// </summary>
    private static List<int[]> Parts(int[] contradicting)
    {
        var parts = new List<int[]> { contradicting };
        for (var share = 2; share <= 8 && contradicting.Length / share >= Fewest; share *= 2)
            parts.Add(contradicting[..(contradicting.Length / share)]);
        return parts;
    }

    private static (bool[] Mended, ConfidenceInterval? Beyond) MendedOf(
        ExaminedNetwork subject, Cue cue, CuePredictions reading, int[] errors, RunContext run)
    {
        var labels = subject.Set.Labels;
        var random = new SplitMix64(run.Seed.For("mend"));
        var donors = Enumerable.Range(0, labels.Length).Where(at => reading.Agrees(at, labels[at]))
            .GroupBy(at => labels[at]).ToDictionary(group => group.Key, group => group.ToArray());
        int[] mendable = [.. random.Shuffled(errors.Where(at => donors.ContainsKey(labels[at]))).Take(MostMended)];
        if (mendable.Length == 0) return ([], null);
        bool[] Right(Func<int, long> classOf)
        {
            // Where no image of the class is a donor the image keeps its own cue, and so its error.
            int[] chosen = [.. mendable.Select(at => donors.TryGetValue(classOf(at), out var from) ? from[random.Below(from.Length)] : at)];
            return [.. subject.SwappedClasses(cue, mendable, chosen, "mend errors").Select((found, index) => found == labels[mendable[index]])];
        }

        var mended = Right(at => labels[at]);
        if (cue.Kind is not (CueKind.Content or CueKind.Pose)) return (mended, null);
        var changed = Right(at => reading.Says[at]);
        return (mended, PairedDifference.Of([.. mended.Zip(changed, (right, still) => (right ? 1.0 : 0) - (still ? 1.0 : 0))]));
    }
}
