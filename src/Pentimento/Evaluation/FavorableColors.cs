using TorchSharp;

namespace Pentimento.Evaluation;

/// <summary>How many errors are spared where every class has the colour in which it is recognised most often.</summary>
/// <remarks>
/// A shortcut is a way to the right answer: whoever takes one is right where colour and shape agree. A network that learned little follows colours,
/// too, and is right in none. Which colour a class is recognised in is learned from one half of the images and counted on the other, in turn, so
/// that the best of many colours is not the luckiest. The interval is that of a ratio of means (Cochran, 1977, "Sampling techniques", chapter 6).
/// </remarks>
internal static class FavorableColors
{
    /// <summary>The share of the errors over all colours that vanishes, of 1, with its 95% interval over images.</summary>
    /// <param name="predicted">int64 (N, C), the predicted class of each image in each colour.</param>
    /// <param name="labels">int64 (N).</param>
    public static ConfidenceInterval Spared(torch.Tensor predicted, long[] labels)
    {
        using var scope = torch.NewDisposeScope();
        var colors = (int)predicted.shape[1];
        if (colors == 0 || labels.Length == 0) return new(0, -1, 1);
        var right = predicted.cpu().eq(torch.tensor(labels).unsqueeze(1)).contiguous().data<bool>().ToArray();
        bool IsRight(int image, int color) => right[(image * colors) + color];
        var halves = ColorFollowing.Halves(labels);
        var places = Enumerable.Range(0, labels.Length).ToLookup(at => (Label: labels[at], Half: halves[at]));
        var best = places.ToDictionary(
            half => half.Key,
            half => Enumerable.Range(0, colors).MaxBy(color => places[(half.Key.Label, !half.Key.Half)].Count(at => IsRight(at, color))));
        double[] errors = [.. labels.Select((_, at) => Enumerable.Range(0, colors).Count(color => !IsRight(at, color)) / (double)colors)];
        double[] left = [.. labels.Select((label, at) => IsRight(at, best[(label, halves[at])]) ? 0.0 : 1)];
        return Ratio(errors, left);
    }

    private static ConfidenceInterval Ratio(double[] errors, double[] left)
    {
        var all = errors.Average();
        if (all == 0) return new(0, -1, 1);
        var spared = 1 - (left.Average() / all);
        var residual = MeanAndDeviation.Of([.. errors.Zip(left, (error, remains) => error - remains - (spared * error))]);
        var half = 1.96 * residual.Deviation / Math.Sqrt(residual.Count) / all;
        return new(spared, spared - half, spared + half);
    }
}
