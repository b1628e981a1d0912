using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The colour of what stands out from the ground; of grey images, its grey.</summary>
/// <remarks>Ours: image = (1 - a) ground + a colour, as Arjovsky et al., 2019, "Invariant risk minimization", arXiv:1907.02893, paint digits; the
/// colour is exchanged and the rest kept.</remarks>
internal sealed record Color : Cue
{
    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var ground = Foreground.Ground(images);
        var intensity = Foreground.Intensity(images, ground);
        return images + (intensity * (Of(donors) - Foreground.Color(images, ground, intensity)));
    }

    private protected override Tensor Numbers(Tensor images) => Of(images).flatten(1);

    private static Tensor Of(Tensor images)
    {
        var ground = Foreground.Ground(images);
        return Foreground.Color(images, ground, Foreground.Intensity(images, ground));
    }
}
