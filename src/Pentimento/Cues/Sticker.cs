using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>A small thing that images of a class have in common and that lies at another place in each: a sticker, a coloured disc, a marker, a small
/// square.</summary>
/// <remarks>
/// Ours; the coloured discs beside moles are Rieger, Singh, Murdoch and Yu, 2020, "Interpretations are useful: penalizing explanations to align
/// neural networks with prior knowledge", arXiv:1909.13584, a marker laid on a film by a hospital Zech et al., 2018. It is told from what is shown by
/// being the same to the pixel, edge included. The swap takes off what an image has, fills it from around, and lays that of the donor there, or where
/// the donor has it. Without a set the square that stands out most counts as one.
/// </remarks>
internal sealed record Sticker : Cue
{
    // Null before a set was seen.
    private ClassStickers? stickers;

    // What is drawn always alike, as an icon is, may be what images show; then no image contradicts it.
    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    internal override bool IsDrawn => true;

    internal override double HonestlyLost => 0.05;

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default) => this with { stickers = ClassStickers.Of(set, cancel) };

    /// <inheritdoc/>
    internal override bool Fits(ImageShape shape) => ClassStickers.Fits(shape);

    /// <summary>Two are the same, whatever set they have seen.</summary>
    public bool Equals(Sticker? other) => other is not null;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    private protected override Tensor Put(Tensor images, Tensor donors) => stickers is { Count: 0 }
        ? images.clone()
        : Sighting.Exchanged(images, Seen(images), donors, Seen(donors));

    private protected override Tensor Numbers(Tensor images) => stickers switch
    {
        null => Sighting.Standout(images).Numbers(images),
        { Count: 0 } => zeros(images.shape[0], 1, device: images.device),
        _ => stickers.Shown(images),
    };

    private Sighting Seen(Tensor images) => stickers?.Seen(images) ?? Sighting.Standout(images);
}
