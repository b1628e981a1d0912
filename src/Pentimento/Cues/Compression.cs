using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>With which quality the image was saved as a JPEG, if it was and was not scaled or moved since.</summary>
/// <remarks>
/// An image that is saved again with its own quality hardly changes (Farid, 2009, "Exposing digital forgeries from JPEG ghosts"); one that never was
/// a JPEG, and one whose blocks lie elsewhere, changes with any. The swap saves an image with its donor's quality where that is the lower one; where
/// it is the higher one, what that of the image would take from the donor is laid over the image, its squares in disorder, so that it shows nothing.
/// </remarks>
internal sealed record Compression : Cue
{
    private const int Block = 8;

    // So many blocks on a side tell the quality.
    private const int Most = 12;

    // An image was saved with a quality that changes it so much less than the same image moved by half a block. Photographs and clothes that never
    // were differ by 0.73 at least, white strokes by 0.66; of those that were 95 of 100 by less than 0.6.
    private const double LargestRatio = 0.63;

    // Of steps of which one is a multiple of the other both do; the larger is meant.
    private const double About = 1.15;
    private const double Noise = 0.5;

    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    internal override double HonestlyLost => 0.05;

    internal override bool Fits(ImageShape shape) => shape.Height >= 2 * Block && shape.Width >= 2 * Block;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var (own, given) = (Quality(Ratios(images)), Quality(Ratios(donors)));
        Tensor Saved(Tensor some, Tensor quality) => Jpeg.Saved(some, quality.clamp(max: Jpeg.Qualities.Count - 1));
        var finer = images + Detail.Shuffled(donors - Saved(donors, own));
        var changed = where(given.lt(own).view(-1, 1, 1, 1), Saved(images, given), images);
        return where(given.gt(own).view(-1, 1, 1, 1), finer, changed);
    }

    private protected override Tensor Numbers(Tensor images) => Ratios(images).log();

    /// <summary>The place of the quality that images were saved with, int64 (N); one beyond all where they were not.</summary>
    private static Tensor Quality(Tensor changes)
    {
        var least = changes.amin([1], keepdim: true);
        var first = changes.le(About * least).to_type(int64).argmax(1);
        return where(least.squeeze(1).lt(LargestRatio), first, full_like(first, Jpeg.Qualities.Count));
    }

    /// <summary>How much each quality changes images, in parts of how much it does where its blocks lie elsewhere, float32 (N, qualities).</summary>
    private static Tensor Ratios(Tensor images)
    {
        Tensor Middle(Tensor whole, int axis)
        {
            var blocks = whole.shape[axis] / Block;
            return blocks <= Most ? whole : whole.narrow(axis, (blocks - Most) / 2 * Block, Most * Block);
        }

        var some = Middle(Middle(images, 2), 3);
        var moved = some.narrow(2, Block / 2, some.shape[2] - (Block / 2)).narrow(3, Block / 2, some.shape[3] - (Block / 2));
        return (Jpeg.Distances(some) + Noise) / (Jpeg.Distances(moved) + Noise);
    }
}
