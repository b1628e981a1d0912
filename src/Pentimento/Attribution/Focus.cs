using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Where the positive evidence of a set's maps lies.</summary>
/// <param name="Count">How many maps there are.</param>
/// <param name="NoEvidence">How many have no positive value at all; they have no focus.</param>
/// <param name="OnDigit">The mean share of a map's evidence on lit pixels; null where no map has any.</param>
/// <param name="Low">The lower end of the mean's 95% normal interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Lit">The mean share of an image that is lit: what evidence spread evenly would give.</param>
public sealed record Focus(int Count, int NoEvidence, double? OnDigit, double? Low, double? High, double Lit)
{
    // A pixel is lit where any channel reaches half of the range: the strokes of a painted digit, not its soft edge nor noise.
    private const double Threshold = 0.5;

    /// <summary>Measures maps against their images.</summary>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="set">The images.</param>
    public static Focus Of(Tensor evidence, ImageSet set)
    {
        using var scope = NewDisposeScope();
        var lit = set.Tensor().amax([3]).ge(255 * Threshold).to_type(float32);
        var energy = evidence.sum([1, 2]);
        var shares = ((evidence * lit).sum([1, 2]) / energy).masked_select(energy.gt(0)).data<float>().ToArray();
        var share = lit.mean().item<float>();
        if (shares.Length == 0) return new(set.Count, set.Count, null, null, null, share);

        var mean = shares.Average();
        var deviation = Math.Sqrt(shares.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, shares.Length - 1));
        var margin = 1.96 * deviation / Math.Sqrt(shares.Length);
        return new(set.Count, set.Count - shares.Length, mean, mean - margin, mean + margin, share);
    }
}
