using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>From how few pixels the image was enlarged, if it was, or its colours alone, and how: in blocks or smoothly.</summary>
/// <remarks>
/// Ours. Images of one class that come from a smaller source are enlarged alike, and the trace of it can be told (Popescu and Farid, 2005, "Exposing
/// digital forgeries by detecting traces of resampling"). It counts where most images of a class have one and others have not. Of colours alone it is
/// the chroma subsampling of JPEG and video. The swap makes an image as small as its donor was, and enlarges it likewise; one that was enlarged gets
/// as fine details as its donor has, their squares in disorder, so that they show nothing. Without a set the one of two that is more like an image of
/// half the size, enlarged, gives that.
/// </remarks>
internal sealed record Resolution : Cue
{
    // Null before a set was seen.
    private ClassEnlargements? enlargements;

    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    internal override double HonestlyLost => 0.05;

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default) =>
        this with { enlargements = ClassEnlargements.Of(set, cancel) };

    /// <inheritdoc/>
    internal override bool Fits(ImageShape shape) => ClassEnlargements.Fits(shape);

    /// <summary>Two are the same, whatever set they have seen.</summary>
    public bool Equals(Resolution? other) => other is not null;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    private protected override Tensor Put(Tensor images, Tensor donors) => enlargements switch
    {
        null => where(Ratio(donors).lt(Ratio(images)).view(-1, 1, 1, 1), Enlargement.ByTwo.Of(images), images),
        { Count: 0 } => images.clone(),
        _ => enlargements.Exchanged(images, donors),
    };

    private protected override Tensor Numbers(Tensor images) => enlargements switch
    {
        null => Ratio(images).log().unsqueeze(1),
        { Count: 0 } => zeros(images.shape[0], 1, device: images.device),
        _ => enlargements.Ratios(images).log(),
    };

    private static Tensor Ratio(Tensor images) => Enlargement.ByTwo.Ratio(images);
}
