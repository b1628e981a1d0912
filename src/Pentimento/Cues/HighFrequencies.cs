using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The fine part of the image: the waves above a frequency.</summary>
/// <remarks>The exchange of frequencies of Yin et al., 2019, "A Fourier perspective on model robustness in computer vision", arXiv:1906.08988,
/// between two images.</remarks>
/// <param name="Cutoff">The frequency above which waves belong to the cue, in cycles a pixel.</param>
internal sealed record HighFrequencies([Range(0.0, 0.75)] double Cutoff = 0.3) : Cue
{
    private const int Largest = 32;

    internal override int Breadth => 2;

    // Of honest networks of digits, clothes, kinds of clothes and objects 0.15 for certain at most; of planted stripes 0.33.
    internal override double HonestlyMended => 0.25;

    private protected override Tensor Put(Tensor images, Tensor donors) =>
        images + Frequencies.Images((Frequencies.Of(donors) - Frequencies.Of(images)) * Frequencies.Radius(images).ge(Cutoff), images);

    private protected override Tensor Numbers(Tensor images)
    {
        var high = Frequencies.Images(Frequencies.Of(images) * Frequencies.Radius(images).ge(Cutoff), images).mean([1], keepdim: true);
        // A pattern of fine waves vanishes where neighbours are averaged, so large images are read in strength alone.
        var small = Math.Max(high.shape[2], high.shape[3]) <= Largest;
        return (small ? high : nn.functional.adaptive_avg_pool2d(high.abs(), [Largest / 2, Largest / 2])).flatten(1).mul(2);
    }
}
