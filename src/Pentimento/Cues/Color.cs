using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The colour of what stands out from the ground; of grey images, its grey.</summary>
/// <remarks>Ours: image = (1 - a) ground + a colour, as Arjovsky et al., 2019, "Invariant risk minimization", arXiv:1907.02893, paint digits; the
/// colour is exchanged and the rest kept.</remarks>
internal sealed record Color : Cue
{
    // Below this a colour is black, however its channels differ.
    private const double Dark = 0.1;

    internal override CueKind Kind => CueKind.Appearance;

    private protected override Tensor Put(Tensor images, Tensor donors) =>
        Put(images, donors, Foreground.Intensity(images), Foreground.Intensity(donors));

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) =>
        images + (cover * (Of(donors, donorCover) - Of(images, cover)));

    private protected override Tensor Numbers(Tensor images) => Numbers(images, Foreground.Intensity(images));

    // How saturated a colour is bends too much for a classifier that adds channels up.
    private protected override Tensor Numbers(Tensor images, Tensor cover)
    {
        var color = Of(images, cover).flatten(1);
        if (color.shape[1] == 1) return color;
        var most = color.amax([1], keepdim: true);
        return cat([color, (most - color.amin([1], keepdim: true)) / most.clamp(min: Dark)], 1);
    }

    private static Tensor Of(Tensor images, Tensor cover) => Foreground.Color(images, Foreground.Ground(images), cover);
}
