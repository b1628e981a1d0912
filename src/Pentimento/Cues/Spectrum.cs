using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The strength of every wave of the image; where the waves lie, their phase, is kept.</summary>
/// <remarks>The exchange of amplitudes of Yang and Soatto, 2020, "FDA: Fourier domain adaptation for semantic segmentation", arXiv:2004.05498, of all
/// frequencies.</remarks>
internal sealed record Spectrum : Cue
{
    internal override int Breadth => 3;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var waves = Frequencies.Of(images);
        return Frequencies.Images(polar(Frequencies.Of(donors).abs(), waves.angle()), images);
    }

    private protected override Tensor Numbers(Tensor images) =>
        cat([images.mean([2, 3]), Frequencies.Bands(images, 0, 5, 4)], 1);
}
