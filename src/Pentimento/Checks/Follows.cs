using System.ComponentModel.DataAnnotations;
using Pentimento.Cues;
using Pentimento.Discovery;

namespace Pentimento.Checks;

/// <summary>The share of predictions that follow a cue: that become another image's class when they get its cue, as discover measures it.</summary>
/// <remarks>The interval is over images.</remarks>
internal sealed record Follows : Quantity
{
    /// <summary>The cue.</summary>
    public Cue Cue { get; init; } = "color";

    /// <summary>How many images get the cue of others.</summary>
    [Range(20, 1_000_000)]
    public int Pairs { get; init; } = 1000;

    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var examined = new Subject(subject.Network, subject.Images, subject.Run);
        var followed = new CueSearch([Cue], Pairs).Followed(examined, subject.Run);
        return new(followed.Mean.Value, followed.Mean.Low, followed.Mean.High, followed.Differences.Length);
    }
}
