using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The object itself, on the ground of the image that it is put into: what a network should follow.</summary>
/// <remarks>The counterpart of background; Xiao, Engstrom, Ilyas and Madry, 2021, "Noise or signal", arXiv:2006.09994.</remarks>
[Called("object")]
internal sealed record ObjectCue : Cue
{
    private const int Cells = 14;

    internal override int Breadth => 3;

    private protected override Tensor Put(Tensor images, Tensor donors) => new Background().Swap(donors, images);

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) =>
        new Background().Swap(donors, images, donorCover, cover);

    private protected override Tensor Numbers(Tensor images) => Numbers(images, Foreground.Intensity(images));

    private protected override Tensor Numbers(Tensor images, Tensor cover)
    {
        var side = (int)Math.Min(Cells, Math.Min(images.shape[2], images.shape[3]));
        return nn.functional.adaptive_avg_pool2d(cover, [side, side]).flatten(1);
    }
}
