using System.Text.Json.Serialization;
using Pentimento.Cues;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>A cue that a network follows, and what that costs. Fractions are of 1.</summary>
/// <param name="Cue">The cue, as audit and repair take it.</param>
/// <param name="Place">Where in the image it lies; null where it has no place of its own.</param>
/// <param name="Available">How well the cue alone predicts the class: the mean over classes of the share that a small classifier gets right, each
/// image predicted without having been learned from.</param>
/// <param name="Chance">The same with permuted labels.</param>
/// <param name="Followed">The share of predictions that become the class of the donor of the cue, less those that do with a donor of a third
/// class.</param>
/// <param name="Low">The lower end of its 95% interval over images.</param>
/// <param name="High">The upper end.</param>
/// <param name="Costly">The accuracy that not using the cue would add on images that contradict it; null where too few do.</param>
/// <param name="CostlyLow">The lower end of its 95% interval.</param>
/// <param name="CostlyHigh">The upper end.</param>
/// <param name="Agreeing">The accuracy where the cue says the label.</param>
/// <param name="Contradicting">The accuracy where it says another class, or is missing.</param>
/// <param name="Balanced">What not using the cue would add where images that agree with it and images that contradict it count alike: what it
/// mends less what it costs.</param>
/// <param name="Mended">Of the errors on contradicting images, those mended by giving the image the cue of another of its own class.</param>
/// <param name="Q">The expected share of false accusations if this cue and all surer ones are accused (Benjamini and Hochberg).</param>
/// <param name="Classes">How often predictions become each class by its cue.</param>
/// <param name="Control">How often the same network follows the cue when its last layer is fitted anew with the cue swapped at random.</param>
/// <param name="Finding">Whether it is a shortcut.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Suspect(
    Cue Cue, string? Place, double Available, double Chance, double Followed, double Low, double High, double? Costly, double? CostlyLow,
    double? CostlyHigh, Share Agreeing, Share Contradicting, ConfidenceInterval? Balanced, Share Mended, double Q,
    IReadOnlyList<FollowedClass> Classes, Control Control, Finding Finding, string Reason)
{
    /// <summary>What not using the cue would add where images that agree with it are twice as many as those that contradict it; null where too few
    /// do.</summary>
    public ConfidenceInterval? Net { get; init; }

    /// <summary>Of the errors on contradicting images, those that the own class's cue mends beyond those that another image's mends that says what
    /// theirs says; null where it was not asked: only of what may be what is shown.</summary>
    public ConfidenceInterval? MendedBeyond { get; init; }

    /// <summary>The accuracy that images lose with the cue of another class instead of that of another image of their own.</summary>
    public ConfidenceInterval? Reliance { get; init; }

    /// <summary>The same where the last layer cannot use the cue.</summary>
    public double? RelianceControl { get; init; }

    /// <summary>How far the directions in which it moves what the last layer reads account for it; null where nobody asked, or it moves nothing
    /// beyond chance.</summary>
    public ConceptProjection? Concept { get; init; }

    /// <summary>The features of the given autoencoder that follow it, the one that rises most first; empty where none was given.</summary>
    public IReadOnlyList<FollowingFeature> Features { get; init; } = [];

    /// <summary>Whether some of the accuracy surely hangs on it, beyond the control.</summary>
    [JsonIgnore]
    internal bool IsReliedOn { get; init; }

    /// <summary>A few swaps, for pictures.</summary>
    [JsonIgnore]
    internal IReadOnlyList<SwapSample> Samples { get; init; } = [];

    /// <summary>Writes down a ruling on a cue for which there was a control.</summary>
    internal static Suspect Of(CueVerdict ruling, long[] classes)
    {
        var (evidence, cost) = (ruling.Evidence, ruling.Evidence.Cost!);
        var (followed, blind) = (evidence.Followed.Mean, evidence.Blind!.Mean);
        var (enough, gain) = (CueVerdict.HasContradictions(evidence), CueVerdict.GainOf(evidence));
        return new(
            evidence.Cue, evidence.Cue.Place, evidence.Reading.Accuracy, evidence.Reading.Chance, followed.Value, followed.Low, followed.High,
            enough ? gain.Value : null, enough ? gain.Low : null, enough ? gain.High : null,
            cost.Agreeing, cost.Contradicting, enough ? cost.Balanced : null, cost.Mended, ruling.QValue,
            [.. classes.Select(label => FollowedClass.Of(label, evidence))],
            new("the same network, its last layer fitted anew with the cue swapped at random", blind.Value, blind.Low, blind.High,
                evidence.Blind.Differences.Length),
            ruling.Finding, SuspectReason.Of(ruling))
        {
            Net = enough ? cost.Net : null,
            MendedBeyond = enough ? cost.MendedBeyond : null,
            Reliance = evidence.Reliance?.Lost,
            RelianceControl = evidence.Reliance?.Blind?.Lost.Value,
            IsReliedOn = evidence.Reliance is { IsCertain: true },
        };
    }
}

/// <summary>How often predictions become one class by its cue.</summary>
/// <param name="Class">The donors' class.</param>
/// <param name="Followed">The share of predictions that become it, less those that do without its cue.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Reliable">Whether the cue alone can be relied on where it says this class.</param>
public sealed record FollowedClass(long Class, double Followed, double Low, double High, bool Reliable)
{
    internal static FollowedClass Of(long label, CueEvidence evidence)
    {
        var share = evidence.Followed.Of(label);
        return new(label, share.Value, share.Low, share.High, evidence.Reading.Reliable.Contains(label));
    }
}
