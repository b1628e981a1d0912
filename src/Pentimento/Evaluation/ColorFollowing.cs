using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>How far predictions follow the colour: each colour's own class is predicted in it and not in the others.</summary>
/// <remarks>
/// Which class a colour stands for is learned from the predictions of one half of the images, and counted on the other half, in turn: a network
/// that takes no notice of the colour comes to 0, whatever it predicts, and so does one that predicts more of everything wrong in faint colours.
/// What is counted is divided by the most that is possible, so that 1 is a network that reads the colour alone, be there two classes or a hundred.
/// </remarks>
internal static class ColorFollowing
{
    /// <summary>The share of what is possible, with its 95% interval over images.</summary>
    /// <param name="predicted">int64 (N, C), the predicted class of each image in each colour.</param>
    /// <param name="labels">int64 (N), by which the halves are balanced.</param>
    /// <param name="classes">K, the number of classes.</param>
    public static ConfidenceInterval Of(Tensor predicted, long[] labels, int classes)
    {
        using var scope = NewDisposeScope();
        var (images, colors) = (predicted.shape[0], predicted.shape[1]);
        if (images < 2 || colors < 2) return new(0, -1, 1);
        var hits = nn.functional.one_hot(predicted.cpu(), classes).to_type(float64);
        var first = Halves(labels);
        double[] scores = new double[images];
        foreach (var half in new[] { true, false })
        {
            var (learned, counted) = (Places(first, half), Places(first, !half));
            if (learned.shape[0] == 0 || counted.shape[0] == 0) continue;
            var each = Scores(hits.index_select(0, counted), ClassOf(hits.index_select(0, learned))).data<double>().ToArray();
            foreach (var (score, place) in each.Zip(counted.data<long>().ToArray())) scores[place] = score;
        }

        return Interval(scores);
    }

    /// <summary>A mean of values from -1 to 1 with the wider of two intervals: the normal one, and Wilson's of a share of that size, which is not
    /// empty where all values agree.</summary>
    internal static ConfidenceInterval Interval(IReadOnlyList<double> values)
    {
        var spread = MeanAndDeviation.Of(values);
        var half = 1.96 * spread.Deviation / Math.Sqrt(spread.Count);
        var share = new Share((long)Math.Round(Math.Clamp(spread.Mean, 0, 1) * spread.Count), spread.Count);
        return new(
            spread.Mean,
            Math.Min(spread.Mean - half, spread.Mean - (share.Value - share.Low)),
            Math.Max(spread.Mean + half, spread.Mean + (share.High - share.Value)));
    }

    /// <summary>For each colour the class that is predicted in it most beyond the other colours, int64 (C).</summary>
    private static Tensor ClassOf(Tensor hits)
    {
        var rates = hits.mean([0]);
        return (rates - Others(rates)).argmax(1);
    }

    /// <summary>Of each image the share of what is possible, float64 (N).</summary>
    private static Tensor Scores(Tensor hits, Tensor classOf)
    {
        // (N, C, C): the prediction in one colour is the class of another.
        var matches = hits.index_select(2, classOf);
        var own = matches.diagonal(0, 1, 2);
        var colors = classOf.shape[0];
        var elsewhere = (matches.sum(1) - own) / (colors - 1);
        var same = classOf.unsqueeze(0).eq(classOf.unsqueeze(1)).to_type(float64).sum() - colors;
        var possible = 1 - (same.item<double>() / (colors * (colors - 1)));
        return possible > 0 ? (own - elsewhere).mean([1]) / possible : zeros(hits.shape[0], float64);
    }

    /// <summary>For each row the mean of the others.</summary>
    private static Tensor Others(Tensor rates) => (rates.sum(0, keepdim: true) - rates) / (rates.shape[0] - 1);

    /// <summary>Every second image of each class.</summary>
    internal static bool[] Halves(long[] labels)
    {
        var next = new Dictionary<long, bool>();
        return Array.ConvertAll(labels, label => next[label] = !next.GetValueOrDefault(label));
    }

    private static Tensor Places(bool[] first, bool half) =>
        tensor(Enumerable.Range(0, first.Length).Where(at => first[at] == half).Select(at => (long)at).ToArray());
}
