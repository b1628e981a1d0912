using System.Globalization;

namespace Pentimento.Evaluation;

/// <summary>Fractions as percentages with one decimal, as verdicts and pages write them.</summary>
internal static class Percentage
{
    /// <summary>A fraction as <c>95.2%</c>.</summary>
    public static string Of(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");

    /// <summary>A 95% confidence interval as <c>94.8 to 95.6%</c>.</summary>
    public static string Interval(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{100 * low:0.0} to {100 * high:0.0}%");
}
