using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>How far a network's accuracy hangs on a cue: what images lose that get the cue of another class instead of that of another image of
/// their own.</summary>
/// <remarks>
/// Both images are swapped, so both are damaged alike. A cue that is taken into account where the rest of the image leaves a doubt is seen here,
/// though hardly any prediction becomes the donor's class.
/// </remarks>
/// <param name="Own">Whether the network is right about each image with the cue of its own class.</param>
/// <param name="Others">The same with the cue of another.</param>
internal sealed record CueReliance(bool[] Own, bool[] Others)
{
    /// <summary>The least share of its accuracy that a network must lose for the cue to matter.</summary>
    public const double Least = 0.03;

    /// <summary>How much of its accuracy a network surely loses that hangs on a cue, beyond the control.</summary>
    /// <remarks>Honest networks of digits and clothes that would do better without how an image looks or is shown lost 0.08 for certain and less by
    /// it, planted cues 0.11 and more but for a blur of clothes, at 0.07.</remarks>
    public const double Much = 0.1;

    /// <summary>The same of the network whose last layer cannot use the cue; null where there was no control.</summary>
    public CueReliance? Blind { get; init; }

    /// <summary>The accuracy that is lost, with its interval over images.</summary>
    public ConfidenceInterval Lost => PairedDifference.Of(Differences);

    /// <summary>What is lost beyond the network that cannot use the cue.</summary>
    public ConfidenceInterval Excess => PairedDifference.Of(Beyond);

    /// <summary>The probability of so much where no accuracy hangs on the cue but what does without its use, too.</summary>
    public double PValue => PairedDifference.PValue(Beyond);

    /// <summary>Whether it may be that enough of the accuracy hangs on it.</summary>
    public bool MayMatter => Lost.High >= Least;

    /// <summary>Whether enough of the accuracy surely hangs on it, control or not.</summary>
    public bool IsSeen => Lost is { Low: > 0, Value: >= Least };

    /// <summary>Whether surely much of the accuracy hangs on it, beyond the control.</summary>
    public bool IsMuch => Blind is not null && Excess.Low >= Much;

    /// <summary>The same for how something is shown.</summary>
    public bool IsMuchOfManner => Blind is not null && Excess.Low >= Cues.Cue.MuchOfManner;

    /// <summary>Whether surely more of it hangs on the cue, beyond the control, than this.</summary>
    public bool IsBeyond(double most) => Blind is not null && Excess.Low > most;

    /// <summary>Whether surely at least <see cref="Least"/> of it hangs on the cue, beyond the control.</summary>
    /// <remarks>On what lies beside the object 0.014 of honest networks' accuracy hung for certain at most.</remarks>
    public bool IsCertain => Blind is not null && Excess.Low >= Least;

    /// <summary>Whether enough of the accuracy surely hangs on it, beyond the control.</summary>
    public bool IsEnough => Blind is not null && Excess is { Low: > 0, Value: >= Least };

    private double[] Differences => [.. Own.Zip(Others, (with, without) => (with ? 1.0 : 0) - (without ? 1.0 : 0))];

    private double[] Beyond => Blind is null ? Differences : [.. Differences.Zip(Blind.Differences, (network, control) => network - control)];
}
