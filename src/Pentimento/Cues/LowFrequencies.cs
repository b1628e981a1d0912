using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The coarse part of the image: its mean colour and the waves below a frequency.</summary>
/// <remarks>The exchange of frequencies of Yin et al., 2019, "A Fourier perspective on model robustness in computer vision", arXiv:1906.08988,
/// between
/// two images.</remarks>
/// <param name="Cutoff">The frequency below which waves belong to the cue, in cycles a pixel.</param>
internal sealed record LowFrequencies([Range(0.0, 0.75)] double Cutoff = 0.1) : Cue
{
    private const int Cells = 7;

    internal override int Breadth => 3;

    private protected override Tensor Put(Tensor images, Tensor donors) =>
        images + Frequencies.Images((Frequencies.Of(donors) - Frequencies.Of(images)) * Frequencies.Radius(images).lt(Cutoff), images);

    private protected override Tensor Numbers(Tensor images)
    {
        var low = Frequencies.Images(Frequencies.Of(images) * Frequencies.Radius(images).lt(Cutoff), images);
        return nn.functional.adaptive_avg_pool2d(low, [Math.Min(Cells, low.shape[2]), Math.Min(Cells, low.shape[3])]).flatten(1);
    }
}
