using Pentimento.Evaluation;
using static Pentimento.Evaluation.Numbers;

namespace Pentimento.Discovery;

/// <summary>Says what was found, how sure it is, and what would settle what is left open.</summary>
internal static class DiscoveryVerdict
{
    /// <summary>The finding over all cues.</summary>
    public static Finding FindingOf(IReadOnlyList<CueVerdict> rulings, double power)
    {
        if (rulings.Any(ruling => ruling.Finding == Finding.Shortcut)) return Finding.Shortcut;
        return rulings.Any(ruling => ruling.Finding == Finding.Undecided) || power > ShortcutTest.Margin ? Finding.Undecided : Finding.None;
    }

    /// <summary>The smallest share of predictions following a cue that would have been seen: the widest interval's reach above its own
    /// estimate.</summary>
    public static double Power(IReadOnlyList<CueEvidence> evidence) =>
        evidence.Max(one => one.Followed.Mean.High - one.Followed.Mean.Value) + CueVerdict.LeastFollowed;

    /// <summary>The verdict in words.</summary>
    public static string Of(IReadOnlyList<CueVerdict> rulings, Finding finding, double power)
    {
        var accused = rulings.Where(ruling => ruling.Finding == Finding.Shortcut).ToList();
        var open = rulings.Where(ruling => ruling.Finding == Finding.Undecided).ToList();
        return finding switch
        {
            Finding.Shortcut => $"It takes a shortcut: {SuspectReason.Called(accused[0].Evidence)}. {SuspectReason.Of(accused[0])}{Others(accused)}",
            Finding.Undecided when open.Count > 0 =>
                $"Whether it takes a shortcut is undecided: {SuspectReason.Called(open[0].Evidence)}. {SuspectReason.Of(open[0])}",
            Finding.Undecided => $"Too few images to tell: a cue would have had to decide {Percent(power)} of predictions to be seen.",
            _ => $"No shortcut was found among {rulings.Count} cues; one that decides at least {Percent(power)} of predictions would have been seen."
                + Most(rulings),
        };
    }

    /// <summary>What is followed most and no fault, so that nobody takes the absence of an accusation for the absence of cues.</summary>
    private static string Most(IReadOnlyList<CueVerdict> rulings)
    {
        var most = rulings.Where(ruling => ruling.Evidence.Blind is not null).MaxBy(ruling => ruling.Evidence.Followed.Mean.Low);
        return most is null || most.Evidence.Followed.Mean.Low < CueVerdict.LeastFollowed
            ? ""
            : $" Followed most: {SuspectReason.Called(most.Evidence)}, by {Percent(most.Evidence.Followed.Mean.Value)} of predictions."
                + SuspectReason.Doubt(most);
    }

    private static string Others(List<CueVerdict> accused) => accused.Count == 1
        ? ""
        : $" Also accused: {string.Join(", ", accused.Skip(1).Select(ruling => SuspectReason.Called(ruling.Evidence)))}.";
}
