using Pentimento.Cues;
using Pentimento.Operations;

namespace Pentimento.Checks;

/// <summary>How often predictions become another image's class because of that image's cue, as audit --cue measures it.</summary>
/// <remarks>Less what a cue of a third class does to the same images, so that damage alone does not count; the interval is of the images.</remarks>
internal sealed record Follows : Quantity
{
    /// <summary>The cue.</summary>
    public Cue Cue { get; init; } = new Cues.Color();

    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        var audit = CueAudit.Of(Cue, subject.Network, subject.Images, false, subject.Run);
        return new(audit.Suspect!.Followed, audit.Suspect.Low, audit.Suspect.High, audit.Count);
    }
}
