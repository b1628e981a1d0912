using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>A fixed overlay that images of a class have in common: a stamp, lines, a tag or a faint pattern that is in most of them the same to the
/// pixel.</summary>
/// <remarks>
/// Ours; that overlays can be had from many images that carry them is Dekel, Rubinstein, Liu and Freeman, 2017, "On the effectiveness of visible
/// watermarks". The median of a class's fine parts is its overlay where most of its images have just that, and few others. A pale or dark
/// one through which the image shines is told by what it leaves of what the image lacks of white or black. The swap takes the overlay off that an
/// image shows and lays on that which the donor shows, as much of it as there is to be seen. Without a set the whole fine part of an image counts as
/// its overlay.
/// </remarks>
/// <param name="Window">How many pixels on each side count as soft: the mean over them is taken off.</param>
internal sealed record Watermark([Range(3, 15)] int Window = 3) : Cue
{
    // Null before a set was seen.
    private ClassOverlays? overlays;

    internal override string? Place => overlays?.Place;

    // What is drawn in a class's images always alike, as an icon is, may be what they show; then no image contradicts it.
    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    internal override bool IsDrawn => true;

    internal override double HonestlyLost => 0.05;

    internal override int Breadth => 1;

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default) =>
        this with { overlays = ClassOverlays.Of(set, Window, cancel) };

    /// <summary>Two cues with the same window are the same, whatever set they have seen.</summary>
    public bool Equals(Watermark? other) => other is not null && other.Window == Window;

    /// <inheritdoc/>
    public override int GetHashCode() => Window;

    private protected override Tensor Put(Tensor images, Tensor donors) => overlays switch
    {
        null => images + Detail.Of(donors, Window) - Detail.Of(images, Window),
        { Count: 0 } => images.clone(),
        _ => overlays.Exchanged(images, donors),
    };

    private protected override Tensor Numbers(Tensor images) => overlays switch
    {
        null => Detail.Of(images, Window).flatten(1).mul(2),
        { Count: 0 } => zeros(images.shape[0], 1, device: images.device),
        _ => overlays.Shares(images),
    };
}
