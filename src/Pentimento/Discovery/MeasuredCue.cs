using System.Text.Json.Serialization;
using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Discovery;

/// <summary>The three numbers of one cue, suspect or not. Fractions are of 1.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Available">How well the cue alone predicts the class.</param>
/// <param name="Followed">The share of predictions that become the donor's class by its cue.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Costly">The accuracy that not using the cue would add on images that contradict it; null where it was not measured, because the cue
/// is
/// not available or not followed or too few images contradict it.</param>
/// <param name="Control">How often the network follows the cue whose last layer cannot use it; null where it was not measured.</param>
/// <param name="Q">The expected share of false accusations if this cue and all surer ones are accused.</param>
/// <param name="Finding">Whether it is a shortcut.</param>
public sealed record MeasuredCue(
    Cue Cue, double Available, double Followed, double Low, double High, double? Costly, double? Control, double Q, Finding Finding)
{
    /// <summary>The accuracy that images lose with the cue of another class instead of that of another image of their own; null where the cue says
    /// nothing of the class.</summary>
    public double? Reliance { get; init; }

    /// <summary>How often predictions become each class by its cue, for drawings.</summary>
    [JsonIgnore]
    internal IReadOnlyList<FollowedClass> Classes { get; init; } = [];

    internal static MeasuredCue Of(CueVerdict ruling, IReadOnlyList<long> classes)
    {
        var (evidence, mean) = (ruling.Evidence, ruling.Evidence.Followed.Mean);

        return new(
            evidence.Cue, evidence.Reading.Accuracy, mean.Value, mean.Low, mean.High,
            CueVerdict.HasContradictions(evidence) ? CueVerdict.GainOf(evidence).Value : null,
            evidence.Blind?.Mean.Value, ruling.QValue, ruling.Finding)
        {
            Reliance = evidence.Reliance?.Lost.Value,
            Classes = [.. classes.Select(label => FollowedClass.Of(label, evidence))],
        };
    }
}

/// <summary>What suspects were held against.</summary>
/// <param name="Kind">What was done, in words.</param>
/// <param name="Pairs">The number of images that got the cue of others.</param>
/// <param name="Cues">The number of cues that were looked for.</param>
/// <param name="Controlled">For how many the control was fitted, because they were available and followed.</param>
/// <param name="Power">The smallest share of predictions following a cue that would have been seen.</param>
/// <param name="FalseDiscoveries">The largest expected share of false accusations.</param>
public sealed record DiscoveryControl(string Kind, int Pairs, int Cues, int Controlled, double Power, double FalseDiscoveries)
{
    /// <summary>How objects were told from their ground: by masks, by alpha, by the colour of the border, or by saliency.</summary>
    public string Ground { get; init; } = "";

    /// <summary>In what the swaps' predictions were computed: bfloat16 where the network is large and the processor multiplies it.</summary>
    public Precision Precision { get; init; }

    internal static DiscoveryControl Of(int pairs, IReadOnlyList<CueVerdict> rulings, double power) => new(
        "the same network with its last layer fitted anew while the cue was swapped at random, beside one fitted alike while the cue came from"
            + " images of the same class",
        pairs, rulings.Count, rulings.Count(ruling => ruling.Evidence.Blind is not null), power, CueVerdict.FalseDiscoveries);
}
