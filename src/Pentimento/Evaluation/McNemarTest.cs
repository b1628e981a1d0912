using MathNet.Numerics.Distributions;

namespace Pentimento.Evaluation;

/// <summary>Whether two networks err equally often on the same images: the exact test on those that only one predicts correctly.</summary>
/// <remarks>McNemar, 1947, "Note on the sampling error of the difference between correlated proportions or percentages", Psychometrika 12.</remarks>
/// <param name="Lost">The number of images that were predicted correctly before and are not now.</param>
/// <param name="Gained">The number of images that are predicted correctly now and were not before.</param>
internal readonly record struct McNemarTest(long Lost, long Gained)
{
    /// <summary>Counts the images.</summary>
    /// <param name="before">bool (N), whether each image was predicted correctly before.</param>
    /// <param name="after">bool (N), whether it is now.</param>
    public static McNemarTest Of(IReadOnlyList<bool> before, IReadOnlyList<bool> after) => new(
        before.Zip(after).LongCount(pair => pair.First && !pair.Second), before.Zip(after).LongCount(pair => !pair.First && pair.Second));

    /// <summary>
    /// The one-sided p-value: how often as many of the images that tell the two apart, or more, would be lost if each were lost or gained by
    /// the toss of a coin: by symmetry, that as few are gained.
    /// </summary>
    public double PValue => Binomial.CDF(0.5, (int)(Lost + Gained), Gained);
}
