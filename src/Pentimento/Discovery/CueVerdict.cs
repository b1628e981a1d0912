using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Probing;

namespace Pentimento.Discovery;

/// <summary>The verdict on one cue: a shortcut, none, or undecided, by the evidence about it.</summary>
/// <param name="Evidence">What was measured.</param>
/// <param name="QValue">The expected share of false accusations if this cue and all surer ones are accused.</param>
/// <param name="Finding">Whether the network takes it as a shortcut.</param>
internal sealed record CueVerdict(CueEvidence Evidence, double QValue, Finding Finding)
{
    /// <summary>The largest share of false accusations among those made.</summary>
    public const double FalseDiscoveries = 0.05;

    /// <summary>The least share of predictions that follow a cue, beyond a network that cannot use it, for the cue to matter.</summary>
    public const double LeastFollowed = 0.01;

    /// <summary>The least accuracy on contradicting images that not using the cue must mend.</summary>
    /// <remarks>Honest networks of clothes, which reach into the frame, were seen at 0.03 on 8,000 images and more, planted cues at 0.06.</remarks>
    public const double LeastGain = 0.04;

    /// <summary>Fewer contradicting images than this say nothing.</summary>
    public const int FewestContradicting = 10;

    // How much of its weight a cue loses for each step by which it is broader.
    private const double Narrower = 0.15;

    // So broad a cue holds nearly all the others, so it is named after them whatever hangs on it.
    private const int Everything = 3;

    // What not using a cue mends counts less in the order than what hangs on it: it is of the few images that contradict it.
    private const double Few = 0.25;

    // Where no image contradicts a cue, only one that decides this often and cannot be what the image shows is a shortcut for certain.
    private const double Plain = 0.2;

    // Where the cost of a cue beside what is shown is uncertain, it is open if it surely decides this often, and no more than that: an honest
    // network of clothes, which reach into the frame, followed the frame in 8% of its predictions.
    private const double Often = 0.03;

    // A look that decides so many predictions commands them, whatever else could be seen: of clean networks none was seen to decide half as many.
    private const double Commanding = 0.25;

    // One class alone whose manner decides so many predictions: of honest networks of three to ten kinds of clothes or digits no class's was
    // seen to decide more than 0.03 for certain.
    private const double Alone = 0.05;

    // How much of that the donors of all other classes may be followed.
    private const double Others = 0.1;

    // How much of its accuracy a network may lose that cannot use the cue, for the rest of the image to be enough.
    private const double Dispensable = 0.1;

    // Of what the network knows beyond chance, the part that a cue alone, and the rest alone, must know to say as much.
    private const double Nearly = 0.9;

    /// <summary>Whether the cue alone says nearly as much as the network, and so does the rest of the image, though the network follows the cue.
    /// </summary>
    public bool IsRedundant { get; private init; }

    /// <summary>The network's accuracy where it learned too little to be accused; null elsewhere.</summary>
    public double? Unlearned { get; private init; }

    /// <summary>Rules on every cue, the surest and gravest shortcuts first, then what is undecided, then the others.</summary>
    public static IReadOnlyList<CueVerdict> Of(IReadOnlyList<CueEvidence> evidence, double accuracy)
    {
        var adjusted = FalseDiscovery.Adjust([.. evidence.Select(PValue)]);
        CueVerdict[] rulings = [.. evidence.Select((one, at) => Of(one, adjusted[at], accuracy))];
        return PartsFirst(
        [
            .. rulings.Select(one => rulings.Any(one.IsPartOf) && one.IsMisled ? one with { Finding = Finding.Shortcut } : one)
                .OrderBy(ruling => ruling.Finding switch { Finding.Shortcut => 0, Finding.Undecided => 1, _ => 2 })
                .ThenBy(ruling => ruling.Evidence.Cue.Breadth >= Everything)
                .ThenByDescending(ruling => ruling.Gravity),
        ]);
    }

    /// <summary>Moves each shortcut that is a part of a graver one before that, where it is the part that misleads.</summary>
    private static List<CueVerdict> PartsFirst(List<CueVerdict> rulings)
    {
        foreach (var part in rulings.Where(ruling => ruling.Finding == Finding.Shortcut).ToList())
        {
            var (whole, own) = (rulings.FindIndex(part.IsPartOf), rulings.IndexOf(part));
            if (whole < 0 || whole > own) continue;
            rulings.RemoveAt(own);
            rulings.Insert(whole, part);
        }

        return rulings;
    }

    /// <summary>Whether the cue is a part of another that is a shortcut, and not using the part may mend as much; of an overlay, which is read
    /// better than any place, whether the part may be followed as much.</summary>
    private bool IsPartOf(CueVerdict whole) => whole.Finding == Finding.Shortcut && Finding != Finding.None
        && Evidence.Cue.IsPartOf(whole.Evidence.Cue) && HasContradictions(Evidence) && HasContradictions(whole.Evidence)
        && (GainOf(Evidence).High >= GainOf(whole.Evidence).Value
            || (whole.Evidence.Cue.IsNeverShown && PairedDifference.Of(Evidence.Excess).High >= PairedDifference.Of(whole.Evidence.Excess).Value));

    // Beside a whole that is accused it needs not decide often itself.
    private bool IsMisled => QValue < FalseDiscoveries && IsUsed(Evidence) && Unlearned is null;

    private static CueVerdict Of(CueEvidence evidence, double q, double accuracy)
    {
        var (finding, redundant) = (FindingOf(evidence, q, accuracy), IsRedundantFor(evidence, accuracy));
        if (finding == Finding.Shortcut && ShortcutTest.LearnedLittle(accuracy, evidence.Classes))
            return new(evidence, q, Finding.Undecided) { Unlearned = accuracy };
        return new(evidence, q, finding == Finding.None && redundant ? Finding.Undecided : finding) { IsRedundant = redundant };
    }

    /// <summary>Whether a cue followed so often can be a shortcut, or open: not where surely fewer than <see cref="LeastFollowed"/> do.</summary>
    /// <param name="differences">One an image, each from -1 to 1.</param>
    public static bool MayMatter(IReadOnlyCollection<double> differences) => PairedDifference.Of(differences).High >= LeastFollowed;

    /// <summary>Whether a cue is followed beyond its control by enough: what is not surely, or decides next to nothing, cannot be what images suffer
    /// from, whatever else is measured of it.</summary>
    public static bool IsFollowed(ConfidenceInterval excess) => excess.Low > 0 && excess.Value >= LeastFollowed;

    /// <summary>Whether so many predictions follow it, or so much accuracy hangs on it, beyond the control.</summary>
    public static bool IsUsed(CueEvidence evidence) => IsFollowed(PairedDifference.Of(evidence.Excess))
        || evidence.Reliance is { IsEnough: true };

    /// <summary>
    /// Whether it is not sure that a cue decides enough predictions to matter, over all or where donors are of one class, and not using it adds
    /// little over agreeing and contradicting images together: honest networks of clothes, which reach into the frame, are like that.
    /// </summary>
    public static bool IsRare(CueEvidence evidence) => PairedDifference.Of(evidence.Excess).Low < LeastFollowed
        && evidence.LargestOfClass() < Often && evidence.Cost!.Net.Value < CueCost.LeastNet && evidence.Reliance is not { IsMuch: true };

    /// <summary>The order among suspects: what not using the cue mends, and how often it decides or what accuracy hangs on it.</summary>
    public double Gravity => (1 - (Narrower * Evidence.Cue.Breadth)) * (Evidence.Cost is null
        ? Evidence.Followed.Mean.Value
        : (Few * Math.Max(0, HasContradictions(Evidence) ? GainOf(Evidence).Low : 0))
            + Math.Max(PairedDifference.Of(Evidence.Excess).Low, Evidence.Reliance is { Blind: not null } reliance ? reliance.Excess.Low : 0));

    /// <summary>The accuracy that not using the cue adds on images that contradict it.</summary>
    /// <remarks>
    /// Refitting alone is taken off: the network for which the cue still says the class was refitted too. Where errors are those that the cue
    /// commands, that one may have learned better from these images, or the set's own meaning of the cue where colours are exchanged; then the
    /// user's network itself is the comparison if it is the worse.
    /// </remarks>
    public static ConfidenceInterval GainOf(CueEvidence evidence)
    {
        var cost = evidence.Cost!;
        return IsCommanded(evidence) && cost.Own.Low > cost.Gain.Low ? cost.Own : cost.Gain;
    }

    /// <summary>Whether enough images contradict the cue to tell what following it costs.</summary>
    public static bool HasContradictions(CueEvidence evidence) =>
        evidence.Cost is { } cost && cost.Contradicting.Count >= FewestContradicting;

    /// <summary>
    /// Whether the network follows the cue very often, over all or where donors are of one of several classes, or often and most of its errors on
    /// contradicting images are the class that the cue says, beyond those that would be by chance: of two classes every error is.
    /// </summary>
    private static bool IsCommanded(CueEvidence evidence)
    {
        if (CommandedClasses(evidence).Count > 0) return true;
        if (MayBeShown(evidence)) return false;
        var (excess, chance) = (PairedDifference.Of(evidence.Excess).Low, 1.0 / Math.Max(1, evidence.Classes - 1));
        return excess > Commanding || (excess > Plain / 2 && evidence.Cost!.Misled.Low > (1 + chance) / 2);
    }

    /// <summary>The classes by which alone the network is commanded: predictions follow donors of these very often, and not those of all; or, by how
    /// it is shown, often, and those of no other class. How one class looks, and what is shown, may be what that class is.</summary>
    public static IReadOnlySet<long> CommandedClasses(CueEvidence evidence)
    {
        var none = new HashSet<long>();
        if (evidence.Classes <= 2 || PairedDifference.Of(evidence.Excess).Low > Commanding) return none;
        var alone = evidence.FollowedClasses(Alone);
        return evidence.Cue.Kind switch
        {
            CueKind.Beside => evidence.FollowedClasses(Commanding),
            CueKind.Manner when 2 * alone.Count <= evidence.Classes && evidence.ExcessBut(alone).Value < evidence.LargestOfClass() * Others => alone,
            _ => none,
        };
    }

    /// <summary>Whether one class is shown so and hardly any image of another: its images may have been taken with another camera.</summary>
    public static bool IsOneManner(CueEvidence evidence) =>
        evidence.Cue.Kind == CueKind.Manner && !HasContradictions(evidence) && CommandedClasses(evidence).Count > 0;

    private static bool IsDispensable(CueEvidence evidence, double accuracy) => evidence.BlindAccuracy.Value > accuracy - Dispensable;

    /// <summary>Whether a cue decides often that is hardly shown and not needed, though too few images contradict it to tell what it costs.</summary>
    private static bool IsForeign(CueEvidence evidence, double accuracy) =>
        !MayBeShown(evidence) && IsDispensable(evidence, accuracy) && GainOf(evidence).High > LeastGain
            && PairedDifference.Of(evidence.Excess).Low > OftenFor(evidence);

    private static bool IsRedundantFor(CueEvidence evidence, double accuracy)
    {
        var chance = evidence.Reading.Chance;
        bool SaysAsMuch(double alone) => alone - chance > Nearly * (accuracy - chance);
        return evidence.Cost is not null && !MayBeShown(evidence)
            && SaysAsMuch(evidence.Reading.Accuracy) && SaysAsMuch(evidence.BlindAccuracy.Value)
            && PairedDifference.Of(evidence.Excess).Low > Math.Max(Often, OftenFor(evidence) / 2);
    }

    /// <summary>
    /// Whether what may be what is shown is not surely wrong: it holds nearly all of the image, as coarse waves do, or to give an image that it
    /// contradicts that of its own class mends no more of the errors than in honest networks, beyond those that any such change mends.
    /// </summary>
    /// <remarks>Of two kinds of clothes honest networks err where a sleeve is missing, and a sleeve does not make a shirt of these. And one that
    /// learned little tells dresses from coats by their coarse outlines, and does better with finer ones.</remarks>
    public static bool IsShown(CueEvidence evidence) => evidence.Cue.Kind is CueKind.Content or CueKind.Pose
        && (evidence.Cue.Breadth >= Everything || !(evidence.Cost!.MendedBeyond?.Low > evidence.Cue.HonestlyMended));

    /// <summary>
    /// Whether much of the accuracy hangs on a part of what is shown, or on how it lies, looks or is shown, and no honest network was seen to be like
    /// that: of the errors where the part or pose misleads, its own class's surely mends more than in any, beyond those that any such change mends,
    /// or surely very much hangs on the look or manner.
    /// </summary>
    /// <remarks>
    /// A network that learned it may have nothing else in its features, so that no last layer does better without. Of honest networks of two to ten
    /// kinds of clothes or digits 5% of such errors were surely mended by a direction at most, 16% by a place.
    /// </remarks>
    public static bool IsRuled(CueEvidence evidence) => evidence.Cue.Kind switch
    {
        // What holds nearly all of an image holds what is shown: on photographs, also a manner so broad carries an object in the ground.
        _ when evidence.Cue.Breadth >= Everything => false,
        // What lies between two legs makes trousers of a dress.
        CueKind.Content when evidence.Cue.Place is not null => false,
        CueKind.Pose or CueKind.Content => evidence is { Reliance.IsMuch: true, Cost: not null } && !IsShown(evidence),
        CueKind.Manner or CueKind.Appearance => evidence.Reliance?.IsBeyond(evidence.Cue.HonestlyLost) == true,
        _ => false,
    };

    private static bool MayBeShown(CueEvidence evidence) => evidence.Cue.Kind is CueKind.Content or CueKind.Pose or CueKind.Manner;

    // Honest networks that learned little of two kinds of clothes do better without size (4 points surely hang on it) or statistics of pixels (14).
    private static bool IsSlight(CueEvidence evidence) => CommandedClasses(evidence).Count == 0
        && evidence.Cue.LeastLost is > 0 and var least && evidence.Reliance?.IsBeyond(least) != true;

    // An icon is all that there is to see: wrong labels contradict it, and a network without it knows nothing.
    private static bool IsAll(CueEvidence evidence, double accuracy) =>
        evidence.Cue.IsNeverShown && evidence.Cost!.Net.High < 0 && !IsDispensable(evidence, accuracy);

    private static double OftenFor(CueEvidence evidence) => evidence.Cue.Kind == CueKind.Beside ? Often : Plain;

    /// <summary>
    /// Whether not using the cue must help over images that agree with it and images that contradict it together. Of what lies beside what is shown
    /// nothing else is asked than that it misleads, nor of how something looks or is shown where much of the accuracy hangs on that: images of one
    /// class differ in it, and so honest networks do without. What may be what is shown misleads sometimes, and helps elsewhere.
    /// </summary>
    private static bool NeedsNet(CueEvidence evidence) => !evidence.Cue.IsNeverShown && evidence.Cue.Kind switch
    {
        CueKind.Beside => false,
        CueKind.Content => true,
        CueKind.Pose => !IsRuled(evidence),
        CueKind.Manner => !IsCommanded(evidence) && (evidence.Cue.Breadth >= Everything || evidence.Reliance is not { IsMuchOfManner: true }),
        _ => !IsCommanded(evidence) && evidence.Reliance is not { IsMuch: true } && !IsRuled(evidence),
    };

    /// <summary>All of it must hold, so the weakest part counts; what is not followed beyond its control is no discovery.</summary>
    private static double PValue(CueEvidence evidence) => evidence.Cost is null ? 1 : Math.Max(
        Math.Max(evidence.Echo.PValue, UsedPValue(evidence)), HasContradictions(evidence) ? CostlyPValue(evidence) : 0);

    // Two ways to see that a cue is used, so the surer one counts twice (Bonferroni).
    private static double UsedPValue(CueEvidence evidence) =>
        Math.Min(1, 2 * Math.Min(evidence.Followed.ShiftPValue, evidence.Reliance?.PValue ?? 1));

    private static double CostlyPValue(CueEvidence evidence)
    {
        var cost = evidence.Cost!;
        var costly = IsCommanded(evidence) ? Math.Min(1, 2 * Math.Min(cost.PValue, cost.OwnPValue)) : cost.PValue;
        return NeedsNet(evidence) ? Math.Max(costly, cost.NetPValue) : costly;
    }

    private static Finding FindingOf(CueEvidence evidence, double q, double accuracy)
    {
        if (evidence.Cost is not { } cost) return Finding.None;
        var excess = PairedDifference.Of(evidence.Excess);
        if (excess.Value <= 0 && evidence.Reliance is not { IsEnough: true }) return Finding.None;
        var sure = q < FalseDiscoveries;
        if (!HasContradictions(evidence))
        {
            var isOne = CommandedClasses(evidence).Count > 0;
            // What the images show contradicts no label either, but is not one class's alone.
            if (MayBeShown(evidence) && !isOne) return Finding.None;
            var decides = isOne ? evidence.LargestOfClass() : excess.Low;
            if (decides < (isOne ? Alone : OftenFor(evidence))) return Finding.None;
            return sure && decides > Plain && IsDispensable(evidence, accuracy) && !IsOneManner(evidence) ? Finding.Shortcut : Finding.Undecided;
        }

        var gain = GainOf(evidence);
        if (sure && IsUsed(evidence) && gain.Value > LeastGain && !IsShown(evidence))
            return IsRare(evidence) || IsSlight(evidence) || IsAll(evidence, accuracy) ? Finding.Undecided : Finding.Shortcut;
        var isOpen = gain.High >= LeastGain && evidence.Cue.Kind switch
        {
            CueKind.Beside => excess.Low >= LeastFollowed || evidence.Reliance is { IsCertain: true },
            CueKind.Appearance => excess.Low >= Often && (IsCommanded(evidence) || cost.Net.Value >= CueCost.LeastNet),
            // The interval is beyond the margin, but not where so many cues are looked at.
            CueKind.Manner => CommandedClasses(evidence).Count > 0
                || (excess.Low >= LeastFollowed && gain.Low > 0 && cost.Net.Low >= CueCost.LeastNet),
            _ => false,
        };
        return isOpen || (IsRuled(evidence) && !(evidence.Cue.IsDrawn && IsAll(evidence, accuracy))) || IsForeign(evidence, accuracy)
            ? Finding.Undecided : Finding.None;
    }
}
