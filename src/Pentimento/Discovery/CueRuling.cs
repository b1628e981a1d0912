using Pentimento.Evaluation;
using Pentimento.Probing;

namespace Pentimento.Discovery;

/// <summary>What the evidence about a cue amounts to.</summary>
/// <param name="Evidence">What was measured.</param>
/// <param name="QValue">The expected share of false accusations if this cue and all surer ones are accused.</param>
/// <param name="Finding">Whether the network takes it as a shortcut.</param>
internal sealed record CueRuling(CueEvidence Evidence, double QValue, Finding Finding)
{
    /// <summary>The largest share of false accusations among those made.</summary>
    public const double FalseDiscoveries = 0.05;

    /// <summary>The least share of predictions that follow a cue, beyond a network that cannot use it, for the cue to matter.</summary>
    public const double LeastFollowed = 0.01;

    /// <summary>The least accuracy on contradicting images that not using the cue must mend.</summary>
    public const double LeastGain = 0.02;

    /// <summary>Fewer contradicting images than this say nothing.</summary>
    public const int FewestContradicting = 10;

    // What a cue must weigh more, for each step by which it is broader, to be named before a narrower one.
    private const double Narrower = 0.1;

    // Where no image contradicts a cue, only one that decides this often and cannot be what the image shows is a shortcut for certain.
    private const double Plain = 0.2;

    // How much of its accuracy a network may lose that cannot use the cue, for the rest of the image to be enough.
    private const double Dispensable = 0.1;

    /// <summary>Rules on every cue, the surest and gravest shortcuts first, then what is undecided, then the others.</summary>
    public static IReadOnlyList<CueRuling> Of(IReadOnlyList<CueEvidence> evidence, double accuracy)
    {
        var adjusted = FalseDiscovery.Adjust([.. evidence.Select(PValue)]);
        return
        [
            .. evidence.Select((one, at) => new CueRuling(one, adjusted[at], FindingOf(one, adjusted[at], accuracy)))
                .OrderBy(ruling => ruling.Finding switch { Finding.Shortcut => 0, Finding.Undecided => 1, _ => 2 })
                .ThenByDescending(ruling => ruling.Gravity),
        ];
    }

    /// <summary>The order among suspects: what not using the cue mends, and how often it decides.</summary>
    public double Gravity => Evidence.Cost is null
        ? Evidence.Followed.Mean.Value
        : Math.Max(0, HasContradictions(Evidence) ? GainOf(Evidence).Low : 0) + PairedDifference.Of(Evidence.Excess).Low - (Narrower * Evidence.Cue.Breadth);

    /// <summary>The accuracy that not using the cue adds on images that contradict it.</summary>
    /// <remarks>
    /// Where the cue says of these images what it says to the network, refitting alone is taken off: the network for which the cue still says the class
    /// was refitted too. Where it does not, as in a set whose colours are exchanged, that one learns the set's own meaning of the cue, and the user's
    /// network itself is the comparison.
    /// </remarks>
    public static ConfidenceInterval GainOf(CueEvidence evidence) => IsConsistent(evidence) ? evidence.Cost!.Gain : evidence.Cost!.Own;

    /// <summary>Whether enough images contradict the cue to tell what following it costs.</summary>
    public static bool HasContradictions(CueEvidence evidence) =>
        evidence.Cost is { } cost && cost.Contradicting.Count >= FewestContradicting;

    private static bool IsConsistent(CueEvidence evidence) => evidence.Reading.Agreement(evidence.Echo) > 0.5;

    /// <summary>All of it must hold, so the weakest part counts.</summary>
    private static double PValue(CueEvidence evidence)
    {
        var costly = !HasContradictions(evidence) ? 0 : IsConsistent(evidence) ? evidence.Cost!.PValue : evidence.Cost!.OwnPValue;
        return Math.Max(evidence.Echo.PValue, Math.Max(evidence.Followed.ShiftPValue, costly));
    }

    private static Finding FindingOf(CueEvidence evidence, double q, double accuracy)
    {
        if (evidence.Cost is not { } cost) return Finding.None;
        var excess = PairedDifference.Of(evidence.Excess);
        if (excess.Value <= 0) return Finding.None;
        var sure = q < FalseDiscoveries;
        if (!HasContradictions(evidence))
        {
            var dispensable = evidence.BlindAccuracy.Value > accuracy - Dispensable;
            if (excess.Low < LeastFollowed) return Finding.None;
            return sure && excess.Low > Plain && dispensable && !evidence.Cue.MayBeContent ? Finding.Shortcut : Finding.Undecided;
        }

        var gain = GainOf(evidence);
        // On images of another kind than the network learned from, errors must be those that the cue commands.
        var commanded = IsConsistent(evidence) || (excess.Low > Plain / 2 && cost.Misled.Low > 0.5 && !evidence.Cue.MayBeContent);
        if (sure && commanded && gain.Value > LeastGain) return Finding.Shortcut;
        return gain.High < LeastGain || excess.Low < LeastFollowed || !commanded || evidence.Cue.MayBeContent ? Finding.None : Finding.Undecided;
    }
}
