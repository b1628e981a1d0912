using Pentimento.Cues;

namespace Pentimento.Discovery;

/// <summary>One swap for a picture: the image, the donor of the cue, and the image with the donor's cue.</summary>
/// <param name="Image">The image's place in the set.</param>
/// <param name="Donor">The donor's.</param>
/// <param name="After">The changed image, float32 (C, H, W) in [0, 1].</param>
/// <param name="PredictedDonor">The prediction of the donor.</param>
/// <param name="PredictedBefore">The prediction of the image as it is.</param>
/// <param name="PredictedAfter">The prediction with the donor's cue.</param>
internal sealed record SwapSample(int Image, int Donor, float[] After, long PredictedDonor, long PredictedBefore, long PredictedAfter)
{
    private const int Tried = 200;

    /// <summary>Swaps that show what the cue does: of images predicted correctly, those first whose prediction becomes the donor's class.</summary>
    public static IReadOnlyList<SwapSample> Of(ExaminedNetwork subject, Cue cue, SwapPlan plan, int count)
    {
        int[] tried = [.. Enumerable.Range(0, plan.Places.Length).Where(at => subject.Correct(plan.Places[at])).Take(Tried)];
        int[] places = [.. tried.Select(at => plan.Places[at])];
        int[] donors = [.. tried.Select(at => plan.First[at])];
        var predicted = subject.SwappedClasses(cue, places, donors, "draw");
        int[] shown =
        [
            .. Enumerable.Range(0, tried.Length)
                .OrderBy(at => predicted[at] == subject.Predicted[donors[at]] ? 0 : 1).Take(count),
        ];
        return
        [
            .. shown.Select(at => new SwapSample(
                places[at], donors[at], After(places[at], donors[at]), subject.Predicted[donors[at]], subject.Predicted[places[at]], predicted[at])),
        ];

        float[] After(int image, int donor)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            return subject.SwappedImages(cue, [image], [donor]).contiguous().data<float>().ToArray();
        }
    }
}
