using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How strong fine waves are beside coarse ones, as one number: blurred or sharp.</summary>
/// <remarks>The ratio of energies, a measure of focus as in Pertuz, Puig and Garcia, 2013, "Analysis of focus measure operators for
/// shape-from-focus".</remarks>
/// <param name="Cutoff">The frequency above which waves count as fine, in cycles a pixel.</param>
internal sealed record Sharpness([Range(0.0, 0.75)] double Cutoff = 0.2) : Cue
{
    private const double Most = 4;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var waves = Frequencies.Of(images);
        var gain = (Of(Frequencies.Of(donors)) / Of(waves)).clamp(1 / Most, Most).sqrt().view(-1, 1, 1, 1);
        return images + Frequencies.Images(waves * (gain - 1) * Frequencies.Radius(images).ge(Cutoff), images);

        Tensor Of(Tensor all) => Ratio(all, images);
    }

    private protected override Tensor Numbers(Tensor images) => Ratio(Frequencies.Of(images), images).sqrt().unsqueeze(1);

    private Tensor Ratio(Tensor waves, Tensor images)
    {
        var energy = waves.abs().square().sum([1]);
        var radius = Frequencies.Radius(images);
        var fine = (energy * radius.ge(Cutoff)).sum([1, 2]);
        var coarse = (energy * radius.lt(Cutoff).logical_and(radius.gt(0))).sum([1, 2]);
        return (fine + 1e-4) / (coarse + 1e-4);
    }
}
