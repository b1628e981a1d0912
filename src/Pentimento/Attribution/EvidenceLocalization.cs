using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Where the positive evidence of a set's maps lies.</summary>
/// <param name="Count">How many maps there are.</param>
/// <param name="NoEvidence">How many have no positive value at all; they have no focus.</param>
/// <param name="OnDigit">The mean share of a map's evidence on lit pixels; null where no map has any.</param>
/// <param name="Low">The lower end of the mean's 95% normal interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Lit">The mean share of an image that is lit: what evidence spread evenly would give.</param>
/// <param name="Pointing">Of the maps with evidence, those whose strongest place is on the digit.</param>
/// <param name="WrongReason">Of the right answers with evidence, those off the digit: less of it lies there than if it were spread evenly.</param>
public sealed record EvidenceLocalization(
    int Count,
    int NoEvidence,
    double? OnDigit,
    double? Low,
    double? High,
    double Lit,
    Share Pointing,
    Share WrongReason)
{
    // A pixel is lit where it is at least half as far from the ground as the image's brightest: a stroke, not its soft edge nor noise.
    private const double Threshold = 0.5;

    /// <summary>Measures maps against their images.</summary>
    /// <remarks>The pointing game: Zhang et al., 2016, "Top-down neural attention by excitation backprop", arXiv:1608.00507, with a pixel
    /// of tolerance.</remarks>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="set">The images.</param>
    /// <param name="answers">int64 (N), what the network answers.</param>
    public static EvidenceLocalization Of(Tensor evidence, ImageSet set, long[] answers)
    {
        using var scope = NewDisposeScope();
        var lit = Digit(set);
        var energy = evidence.sum([1, 2]);
        var some = energy.gt(0);
        var shares = (evidence * lit).sum([1, 2]) / energy;
        var off = OffDigit(evidence, lit);
        var right = tensor(answers).eq(set.LabelTensor()).logical_and(some);
        var around = nn.functional.max_pool2d(lit.unsqueeze(1), 3, 1, 1).flatten(1);
        var pointing = around.gather(1, evidence.flatten(1).argmax(1, keepdim: true)).squeeze(1).gt(0).logical_and(some);
        var (mean, margin) = Mean(shares.masked_select(some).data<float>().ToArray());
        return new(
            set.Count, set.Count - (int)Sum(some), mean, mean - margin, mean + margin, lit.mean().item<float>(),
            new(Sum(pointing), Sum(some)), new(Sum(right.logical_and(off)), Sum(right)));
    }

    /// <summary>Where the digits are, float32 (N, H, W): 1 on strokes, 0 elsewhere.</summary>
    public static Tensor Digit(ImageSet set)
    {
        using var scope = NewDisposeScope();
        return ColorReplacement.Light(set.Tensor()).ge(Threshold).to_type(float32).MoveToOuterDisposeScope();
    }

    /// <summary>Whether a map has evidence, and less of it on the digit than if it were spread evenly: bool (N).</summary>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="digit">float32 (N, H, W), of <see cref="Digit"/>.</param>
    public static Tensor OffDigit(Tensor evidence, Tensor digit)
    {
        using var scope = NewDisposeScope();
        return (evidence * digit).mean([1, 2]).lt(evidence.mean([1, 2]) * digit.mean([1, 2])).MoveToOuterDisposeScope();
    }

    private static long Sum(Tensor truths) => truths.sum().item<long>();

    private static (double? Mean, double? Margin) Mean(float[] shares)
    {
        if (shares.Length == 0) return (null, null);
        var mean = shares.Average();
        var deviation = Math.Sqrt(shares.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, shares.Length - 1));
        return (mean, 1.96 * deviation / Math.Sqrt(shares.Length));
    }
}
