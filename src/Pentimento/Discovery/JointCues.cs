using Pentimento.Cues;

namespace Pentimento.Discovery;

/// <summary>Two cues that a network follows together and hardly alone: where both say the class, one goes on where the other is changed.</summary>
/// <remarks>
/// Cues are tried that alone say most of what the network knows: what lies beside what is shown or was laid over it, and its colour or brightness, of
/// which only one. Of each two that are not exchanged with each other, images get both of one donor; the two come together whose donors are followed
/// more often than both alone are, added up.
/// </remarks>
internal static class JointCues
{
    // Of what the network knows beyond chance, the part that each cue alone must say.
    private const double Most = 2.0 / 3;
    private const double Level = 0.05;

    // Where the numbers of one cue go this far when the other is exchanged, both are one: a colour that strokes have, and so their texture. Planted
    // colours and lines carry each other by 0.34 and less, colours of strokes their texture by 0.57.
    private const double OneCue = 0.5;
    private const int Tried = 6;
    private const int TriedIfLarge = 4;

    /// <summary>The two that are followed together most, beyond each alone; null where no two are.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="evidence">Of each cue alone.</param>
    /// <param name="plan">Who got whose cue.</param>
    public static Cue? Of(ExaminedNetwork subject, IReadOnlyList<CueEvidence> evidence, SwapPlan plan)
    {
        var tried = Candidates(subject, evidence);
        var pairs = tried.SelectMany((one, at) => tried.Skip(at + 1).Select(other => (One: one.Cue, Other: other.Cue)))
            .Where(pair => AreApart(subject, pair.One, pair.Other, plan)).ToList();
        if (pairs.Count == 0) return null;
        // Of a cue that hardly matters alone fewer images were asked than are needed here.
        var alone = tried.ToDictionary(one => one.Cue, one => one.Followed.Differences.Length == plan.Places.Length
            ? one.Followed.Differences : CueFollowing.Of(subject, one.Cue, plan).Differences);
        var found = pairs.ConvertAll(pair =>
        {
            var cue = Together(pair.One, pair.Other);
            var together = CueFollowing.Of(subject, cue, plan).Differences;
            // What is followed less than by chance alone does not make both more.
            var beyond = cue.Parts.Select(part => alone[part]).Where(one => one.Average() > 0).Aggregate(together, Less);
            return (Cue: cue, Together: together, Beyond: beyond);
        });
        return found.Where(pair => pair.Beyond.Average() >= CueVerdict.LeastFollowed && PairedDifference.PValue(pair.Beyond) < Level / pairs.Count)
            .Where(pair => !evidence.Any(whole => pair.Cue.Parts.All(part => part.IsPartOf(whole.Cue)) && IsFollowedMore(whole, pair.Together)))
            .OrderByDescending(pair => PairedDifference.Of(pair.Beyond).Low).Select(pair => pair.Cue).FirstOrDefault();
    }

    private static double[] Less(double[] all, double[] part) => [.. all.Zip(part, (one, other) => one - other)];

    // Two parts of what is followed as a whole are no cue of their own: of a ground, two of its edges.
    private static bool IsFollowedMore(CueEvidence whole, double[] parts) =>
        PairedDifference.Of(Less(whole.Followed.Differences, parts)).Low > 0;

    // How something is shown, and what statistics of a whole image say, differs by what is shown, too: honest networks that learned little follow
    // two such cues together more.
    private static bool AreApart(ExaminedNetwork subject, Cue one, Cue other, SwapPlan plan) => !one.IsPartOf(other) && !other.IsPartOf(one)
        && (one.IsExtraneous || other.IsExtraneous)
        && CueOverlap.Of(subject, one, other, plan) < OneCue && CueOverlap.Of(subject, other, one, plan) < OneCue;

    private static List<CueEvidence> Candidates(ExaminedNetwork subject, IReadOnlyList<CueEvidence> evidence)
    {
        var accuracy = subject.Predicted.Zip(subject.Set.Labels, (found, label) => found == label ? 1.0 : 0).Average();
        return
        [
            .. evidence.Where(one => one.Cue.IsExtraneous || one.Cue is { Kind: CueKind.Appearance, Breadth: 0 })
                .Where(one => one.Reading.Accuracy - one.Reading.Chance > Most * (accuracy - one.Reading.Chance))
                .OrderByDescending(one => one.Reading.Accuracy).Take(subject.IsLarge ? TriedIfLarge : Tried),
        ];
    }

    // What was laid over an image lies over its colours.
    private static Both Together(Cue one, Cue other) =>
        one.IsNeverShown ? new() { First = other, Second = one } : new() { First = one, Second = other };
}
