using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The ground on which the object lies: what does not stand out from the image's border.</summary>
/// <remarks>The exchange of grounds of Xiao, Engstrom, Ilyas and Madry, 2021, "Noise or signal: the role of image backgrounds in object recognition",
/// arXiv:2006.09994; their masks are annotated, ours are found from the colours of the border.</remarks>
internal sealed record Background : Cue
{
    private const int Cells = 4;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var ground = Foreground.Ground(images);
        var intensity = Foreground.Intensity(images, ground);
        return images + ((1 - intensity) * (Of(donors) - Foreground.Without(images, ground, intensity)));
    }

    private protected override Tensor Numbers(Tensor images)
    {
        var ground = Of(images);
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

    private static Tensor Of(Tensor images)
    {
        var ground = Foreground.Ground(images);
        return Foreground.Without(images, ground, Foreground.Intensity(images, ground));
    }
}
