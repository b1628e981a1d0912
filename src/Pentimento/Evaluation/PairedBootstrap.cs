namespace Pentimento.Evaluation;

/// <summary>The difference of two accuracies on the same images, with the interval that images and trainings give it.</summary>
/// <remarks>
/// Efron, 1979, "Bootstrap methods": images are drawn anew, and with them the trainings of either side; percentiles of the differences.
/// </remarks>
internal static class PairedBootstrap
{
    private const int Resamples = 1000;

    /// <summary>How much more of the images one side gets right than the other, a mean over its trainings.</summary>
    /// <param name="one">For each training bool (N), which images it gets right.</param>
    /// <param name="other">The same of the other side, of the same images.</param>
    /// <param name="seed">Decides the resamples.</param>
    public static ConfidenceInterval Of(IReadOnlyList<bool[]> one, IReadOnlyList<bool[]> other, Seed seed)
    {
        var count = one[0].Length;
        if (count == 0) return new(0, -1, 1);
        var random = new SplitMix64(seed.For("resample"));
        var (images, differences) = (new int[count], new double[Resamples]);
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var at = 0; at < count; at++) images[at] = random.Below(count);
            differences[resample] = Mean(Drawn(one, ref random), images) - Mean(Drawn(other, ref random), images);
        }

        Array.Sort(differences);
        int[] all = [.. Enumerable.Range(0, count)];
        var (low, high) = (differences[(int)(0.025 * Resamples)], differences[(int)(0.975 * Resamples) - 1]);
        return Widened(new(Mean(one, all) - Mean(other, all), low, high), count);
    }

    /// <summary>Where no image tells two sides apart, resamples do not, either: three in the number of images is then the end of the
    /// interval.</summary>
    private static ConfidenceInterval Widened(ConfidenceInterval found, int count) =>
        new(found.Value, Math.Min(found.Low, found.Value - (3.0 / count)), Math.Max(found.High, found.Value + (3.0 / count)));

    private static bool[][] Drawn(IReadOnlyList<bool[]> trainings, ref SplitMix64 random)
    {
        var drawn = new bool[trainings.Count][];
        for (var at = 0; at < drawn.Length; at++) drawn[at] = trainings[random.Below(trainings.Count)];
        return drawn;
    }

    private static double Mean(IReadOnlyList<bool[]> trainings, int[] images)
    {
        var right = 0L;
        foreach (var training in trainings)
        {
            foreach (var image in images)
            {
                if (training[image]) right++;
            }
        }

        return (double)right / (trainings.Count * images.Length);
    }
}
