using Pentimento.Cues;
using Pentimento.Evaluation;
using static Pentimento.Evaluation.Numbers;

namespace Pentimento.Discovery;

/// <summary>Says why a cue is or is not a shortcut.</summary>
internal static class SuspectReason
{
    /// <summary>The reason, in one or two sentences.</summary>
    public static string Of(CueVerdict ruling)
    {
        var (evidence, cost) = (ruling.Evidence, ruling.Evidence.Cost!);
        var followed = $"{Percent(evidence.Followed.Mean.Value)} of predictions follow the donor's {Called(evidence)}, "
            + $"{Percent(evidence.Blind!.Mean.Value)} where the last layer cannot use it"
            + string.Concat(CueVerdict.CommandedClasses(evidence).Order().Select(label =>
                $"; of those given the one of class {label}, {Percent(evidence.ExcessOf(label).Value)} more"));
        var lost = evidence.Reliance is { IsEnough: true } reliance
            ? $"; with the one of another class instead of its own {Percent(reliance.Lost.Value)} of accuracy is lost, "
                + $"{Percent(reliance.Blind!.Lost.Value)} where the last layer cannot use it"
            : "";
        return $"{followed}{lost}; {Costs(cost, CueVerdict.GainOf(evidence))}.{Doubt(ruling)}";
    }

    /// <summary>The cue's name with its place.</summary>
    public static string Called(CueEvidence evidence) =>
        evidence.Cue.Place is { } place ? $"{Both.NameOf(evidence.Cue)} ({place})" : Both.NameOf(evidence.Cue);

    private static string Costs(CueCost cost, ConfidenceInterval gain) => cost.Contradicting.Count < CueVerdict.FewestContradicting
        ? $"it is contradicted by {Counted(cost.Contradicting.Count, "image")} only, too few to say what that costs"
        : $"the accuracy is {Percent(cost.Agreeing.Value)} where it says the label and {Percent(cost.Contradicting.Value)} on the "
            + $"{Whole(cost.Contradicting.Count)} images that contradict it, of which not using it would mend {Percent(gain.Value)} "
            + $"({Interval(gain.Low, gain.High)})";

    /// <summary>What the finding on the cue hangs on, in a sentence or two after others; empty for a shortcut.</summary>
    public static string Doubt(CueVerdict ruling) => ruling.Finding switch
    {
        Finding.Undecided when ruling.Unlearned is { } accuracy =>
            $" But it is right in {Percent(accuracy)} of these images only: it has learned little, or they are not like those it learned from."
                + " Train it longer, or give images like its own.",
        Finding.Undecided => Open(ruling)
            + (ruling.Evidence.Cue.IsExtraneous ? " So would repair, which takes it away and sees what that wins." : ""),
        Finding.None when ruling.Evidence.Cost is null => " That is no fault: a network that cannot use it follows it as often.",
        Finding.None when !CueVerdict.HasContradictions(ruling.Evidence) => " That is no sign of a fault: it may be what the images show.",
        Finding.None when CueVerdict.GainOf(ruling.Evidence).Low > 0 && CueVerdict.IsShown(ruling.Evidence)
            && ruling.Evidence.Cost is { MendedBeyond: { } mended, Net.Low: > 0 } =>
            " That is no sign of a fault: it may be what the images show, and the one of their own class, given to images that it contradicts, mends "
                + $"{Percent(Math.Max(0, mended.Value))} of the errors beyond what any such change mends ({Interval(mended.Low, mended.High)}).",
        Finding.None when CueVerdict.GainOf(ruling.Evidence).Low > 0 =>
            " That is no fault: where it agrees with the label it helps; over both, images that agree counted twice, not using it "
                + $"{Added(ruling.Evidence.Cost!.Net.Value)}.",
        Finding.None => " That is no fault: where it contradicts the label, a network that cannot use it does no better.",
        _ => "",
    };

    private static string Open(CueVerdict ruling) => ruling switch
    {
        { IsRedundant: true } =>
            " It alone says the class nearly as well as the network does, and so does the rest of the image: which is meant, images in which they"
                + " disagree would settle.",
        _ when CueVerdict.HasContradictions(ruling.Evidence) && CueVerdict.IsRare(ruling.Evidence) =>
            " But it decides few predictions, perhaps less than 1%, and over all images not using it "
                + $"{Added(ruling.Evidence.Cost!.Net.Value)}: more swaps (--pairs, or audit --cue) would settle it.",
        _ when CueVerdict.IsOneManner(ruling.Evidence) =>
            " Whether that is what the class is or how its images were taken cannot be told: images of it that look otherwise, or of others that"
                + " look so, would settle it.",
        _ when CueVerdict.IsRuled(ruling.Evidence) =>
            " Whether that sets the classes apart by right, or the network learned little else, cannot be told from these: images in which it goes"
                + " with another class would settle it.",
        _ => " More images that contradict it would settle whether that is a fault.",
    };

    private static string Added(double net) => net < 0 ? $"loses {Percent(-net)}" : $"adds {Percent(net)}";
}
