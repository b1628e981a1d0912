using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Localization metrics of attribution maps: the share of positive evidence on the object, and the pointing game.</summary>
/// <param name="Count">The number of maps.</param>
/// <param name="NoEvidence">The number of maps without any positive value; they have no location.</param>
/// <param name="OnDigit">The mean share of a map's positive evidence on foreground pixels; null where no map has any.</param>
/// <param name="Low">The lower end of the mean's 95% normal interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="ForegroundShare">The mean share of an image that is foreground: what uniform evidence would give.</param>
/// <param name="Pointing">The pointing game: of the maps with evidence, those whose maximum is on the object.</param>
/// <param name="WrongReason">Of the correct predictions with evidence, those with evidence outside the object: less of it lies on the object than if
/// it
/// were uniform.</param>
public sealed record EvidenceLocalization(
    int Count,
    int NoEvidence,
    double? OnDigit,
    double? Low,
    double? High,
    double ForegroundShare,
    Share Pointing,
    Share WrongReason)
{
    // A pixel is foreground where it is at least half as far from the ground as the image's brightest: a stroke, not its soft edge nor noise.
    private const double Threshold = 0.5;

    /// <summary>Compares maps with the foregrounds of their images.</summary>
    /// <remarks>The pointing game: Zhang et al., 2016, "Top-down neural attention by excitation backprop", arXiv:1608.00507, with a pixel
    /// of tolerance.</remarks>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="set">The images.</param>
    /// <param name="predictions">int64 (N), the predicted classes.</param>
    internal static EvidenceLocalization Of(Tensor evidence, ImageSet set, long[] predictions)
    {
        using var scope = NewDisposeScope();
        return Of(evidence, Foreground(set), set, predictions);
    }

    /// <summary>Compares maps with foregrounds that are known.</summary>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="foreground">float32 (N, H, W), 1 on the object and 0 elsewhere.</param>
    /// <param name="set">The images.</param>
    /// <param name="predictions">int64 (N), the predicted classes.</param>
    internal static EvidenceLocalization Of(Tensor evidence, Tensor foreground, ImageSet set, long[] predictions)
    {
        using var scope = NewDisposeScope();
        var energy = evidence.sum([1, 2]);
        var some = energy.gt(0);
        var shares = (evidence * foreground).sum([1, 2]) / energy;
        var outside = OutsideForeground(evidence, foreground);
        var correct = tensor(predictions).eq(set.LabelTensor()).logical_and(some);
        var around = nn.functional.max_pool2d(foreground.unsqueeze(1), 3, 1, 1).flatten(1);
        var pointing = around.gather(1, evidence.flatten(1).argmax(1, keepdim: true)).squeeze(1).gt(0).logical_and(some);
        var (mean, margin) = Mean(shares.masked_select(some).data<float>().ToArray());
        return new(
            set.Count, set.Count - (int)Sum(some), mean, mean - margin, mean + margin, foreground.mean().item<float>(),
            new(Sum(pointing), Sum(some)), new(Sum(correct.logical_and(outside)), Sum(correct)));
    }

    /// <summary>The foreground masks of a set, float32 (N, H, W): 1 on the object's strokes, 0 elsewhere.</summary>
    internal static Tensor Foreground(ImageSet set)
    {
        using var scope = NewDisposeScope();
        return ColorReplacement.ForegroundIntensity(set.Tensor()).ge(Threshold).to_type(float32).MoveToOuterDisposeScope();
    }

    /// <summary>Whether a map has evidence, and less of it on the object than if it were uniform: bool (N).</summary>
    /// <param name="evidence">float32 (N, H, W), not negative.</param>
    /// <param name="foreground">float32 (N, H, W), of <see cref="Foreground"/>.</param>
    public static Tensor OutsideForeground(Tensor evidence, Tensor foreground)
    {
        using var scope = NewDisposeScope();
        return (evidence * foreground).mean([1, 2]).lt(evidence.mean([1, 2]) * foreground.mean([1, 2])).MoveToOuterDisposeScope();
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
