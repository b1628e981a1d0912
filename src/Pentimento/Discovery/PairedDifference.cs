using MathNet.Numerics.Distributions;
using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>The mean of differences between two outcomes of the same image, with an interval over images.</summary>
/// <remarks>
/// Bonett and Price, 2012, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data": one difference of each
/// sign is added before the interval is computed, so that it has a width even where all differences are equal.
/// </remarks>
internal static class PairedDifference
{
    private const double Z = 1.959963984540054;

    /// <summary>The mean and its 95% interval, the mean inside.</summary>
    /// <param name="differences">One an image, each from -1 to 1.</param>
    /// <param name="comparisons">Among how many such means it is one: the interval holds all of them at once (Bonferroni).</param>
    public static ConfidenceInterval Of(IReadOnlyCollection<double> differences, int comparisons = 1)
    {
        if (differences.Count == 0) return new(0, -1, 1);
        var (value, (middle, error)) = (differences.Average(), Adjusted(differences));
        var reach = error * (comparisons == 1 ? Z : Normal.InvCDF(0, 1, 1 - (0.025 / comparisons)));
        return new(value, Math.Max(-1, Math.Min(value, middle - reach)), Math.Min(1, Math.Max(value, middle + reach)));
    }

    /// <summary>The probability of a mean this large where the true one is at most <paramref name="limit"/>.</summary>
    public static double PValue(IReadOnlyCollection<double> differences, double limit = 0)
    {
        if (differences.Count == 0) return 1;
        var (middle, error) = Adjusted(differences);
        return Normal.CDF(0, 1, -((middle - limit) / error));
    }

    /// <summary>The mean of the means over two groups of images with its 95% interval.</summary>
    /// <param name="one">Differences of one group, each from -1 to 1.</param>
    /// <param name="other">Those of the other.</param>
    /// <param name="weight">How often the other group is counted.</param>
    public static ConfidenceInterval Over(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other, double weight)
    {
        if (one.Count == 0 || other.Count == 0) return new(0, -1, 1);
        var (value, (middle, error)) = ((one.Average() + (weight * other.Average())) / (1 + weight), Adjusted(one, other, weight));
        return new(value, Math.Max(-1, Math.Min(value, middle - (Z * error))), Math.Min(1, Math.Max(value, middle + (Z * error))));
    }

    /// <summary>The probability of such a mean over two groups where the true one is at most <paramref name="limit"/>.</summary>
    public static double PValueOver(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other, double weight, double limit)
    {
        if (one.Count == 0 || other.Count == 0) return 1;
        var (middle, error) = Adjusted(one, other, weight);
        return Normal.CDF(0, 1, -((middle - limit) / error));
    }

    private static (double Middle, double Error) Adjusted(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other, double weight)
    {
        var (first, second) = (Adjusted(one), Adjusted(other));
        return (
            (first.Middle + (weight * second.Middle)) / (1 + weight),
            Math.Sqrt((first.Error * first.Error) + (weight * weight * second.Error * second.Error)) / (1 + weight));
    }

    private static (double Middle, double Error) Adjusted(IReadOnlyCollection<double> differences)
    {
        var count = differences.Count + 2.0;
        var middle = differences.Sum() / count;
        var square = (differences.Sum(difference => difference * difference) + 2) / count;
        return (middle, Math.Sqrt(Math.Max(square - (middle * middle), 0) / count));
    }
}
