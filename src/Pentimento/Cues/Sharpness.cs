using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How strong waves are by their fineness alone, whatever their direction: blurred or sharp.</summary>
/// <remarks>
/// The radial power spectrum, which a lens's blur multiplies by a factor that hangs on the frequency alone (Goodman, 1968, "Introduction to Fourier
/// optics"); a focus measure as in Pertuz, Puig and Garcia, 2013, "Analysis of focus measure operators for shape-from-focus". Waves get the donor's
/// strength ring by ring; where they lie and how directions compare is kept.
/// </remarks>
/// <param name="Cutoff">The frequency above which waves belong to the cue, in cycles a pixel.</param>
internal sealed record Sharpness([Range(0.0, 0.5)] double Cutoff = 0.05) : Cue
{
    private const int Rings = 8;
    private const double Finest = 0.5;

    // What was blurred away comes back eightfold at most: beyond that it is noise.
    private const double Most = 8;
    private const double Least = 1e-4;

    internal override CueKind Kind => CueKind.Manner;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var waves = Frequencies.Of(images);
        var ring = RingOf(images);
        var change = ((Profile(Frequencies.Of(donors), ring) - Profile(waves, ring)) / 2).clamp(-Math.Log(Most), Math.Log(Most));
        var gain = change.mm(ring.flatten(1)).exp().view(images.shape[0], 1, ring.shape[1], ring.shape[2]);
        return images + Frequencies.Images(waves * (gain - 1), images);
    }

    private protected override Tensor Numbers(Tensor images)
    {
        var profile = Profile(Frequencies.Of(images), RingOf(images));
        return (profile - profile.mean([1], keepdim: true)) / 4;
    }

    /// <summary>The logarithm of the mean power about each ring's frequency, for each pixel of the image, float32 (N, rings).</summary>
    private static Tensor Profile(Tensor waves, Tensor ring)
    {
        var power = waves.abs().square().mean([1]).flatten(1).mm(ring.flatten(1).t()) / ring.sum([1, 2]).clamp(min: Least);
        return ((power / (waves.shape[2] * waves.shape[2])) + Least).log();
    }

    /// <summary>How much each frequency belongs to each ring, float32 (rings, H, W/2+1): between two rings it is shared out, below the cutoff it
    /// is nobody's.</summary>
    private Tensor RingOf(Tensor images)
    {
        var radius = Frequencies.Radius(images);
        var place = ((radius - Cutoff) / (Finest - Cutoff + 1e-9) * (Rings - 1)).clamp(0, Rings - 1);
        var centres = arange(Rings, float32, images.device).view(-1, 1, 1);
        return (1 - (place.unsqueeze(0) - centres).abs()).clamp(min: 0) * radius.ge(Cutoff).logical_and(radius.gt(0));
    }
}
