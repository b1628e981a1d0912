using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The ground on which the object lies: what does not stand out from the image's border.</summary>
/// <remarks>The exchange of grounds of Xiao, Engstrom, Ilyas and Madry, 2021, "Noise or signal: the role of image backgrounds in object recognition",
/// arXiv:2006.09994; their masks are annotated, ours are found from the colours of the border.</remarks>
internal sealed record Background : Cue
{
    private const int Cells = 4;

    internal override CueKind Kind => CueKind.Beside;

    // A frame is a part of it.
    internal override int Breadth => 1;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var cover = Foreground.Intensity(images);
        return Exchanged(images, cover, Of(donors, Whole(donors, Foreground.Intensity(donors))), Of(images, Whole(images, cover)));
    }

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) =>
        Exchanged(images, cover, Of(donors, donorCover), Of(images, cover));

    private protected override Tensor Numbers(Tensor images) => Numbers(images, Whole(images, Foreground.Intensity(images)));

    private protected override Tensor Numbers(Tensor images, Tensor cover)
    {
        var ground = Of(images, cover);
        var grey = ground.mean([1], keepdim: true);
        Tensor Rough(Tensor change) => change.abs().mean([2, 3]).mul(4);
        return cat(
            [
                Foreground.Ground(images).flatten(1),
                nn.functional.adaptive_avg_pool2d(ground, [Cells, Cells]).flatten(1),
                Rough(grey.diff(1, 2)),
                Rough(grey.diff(1, 3)),
                Rough(grey.slice(2, 1, grey.shape[2], 1).slice(3, 1, grey.shape[3], 1)
                    - grey.slice(2, 0, grey.shape[2] - 1, 1).slice(3, 0, grey.shape[3] - 1, 1)),
                Rough(grey.slice(2, 1, grey.shape[2], 1).slice(3, 0, grey.shape[3] - 1, 1)
                    - grey.slice(2, 0, grey.shape[2] - 1, 1).slice(3, 1, grey.shape[3], 1)),
            ],
            1);
    }

    private static Tensor Exchanged(Tensor images, Tensor cover, Tensor ground, Tensor own) => images + ((1 - cover) * (ground - own));

    // Dark parts of an object stand out little, but they are none of the ground.
    private static Tensor Whole(Tensor images, Tensor intensity) => maximum(intensity, CentralObject.Of(images));

    private static Tensor Of(Tensor images, Tensor cover) => Foreground.Without(images, Foreground.Ground(images), cover);
}
