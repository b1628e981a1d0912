namespace Pentimento.Discovery;

/// <summary>The 95% confidence interval of an area under the ROC curve.</summary>
/// <remarks>
/// Newcombe, 2006, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic. Part 2", method 5: Hanley and McNeil's
/// variance at the limits themselves, with the mean of both counts, so that an area of 1 has an interval too; here the variances of several labels
/// add up, each weighted by its comparisons.
/// </remarks>
internal static class RankInterval
{
    private const double Z = 1.959963984540054;
    private const int Halvings = 60;

    /// <summary>The interval's ends.</summary>
    /// <param name="area">The area, 0..1.</param>
    /// <param name="strata">Of each label, m and n, the numbers of images of one kind and of the other.</param>
    public static (double Low, double High) Of(double area, IReadOnlyList<(double Chosen, double Others)> strata)
    {
        var comparisons = strata.Sum(pair => pair.Chosen * pair.Others);
        if (comparisons == 0) return (0, 1);
        double Width(double limit) => Z * Math.Sqrt(strata.Sum(pair =>
        {
            var (product, middle) = (pair.Chosen * pair.Others, (pair.Chosen + pair.Others) / 2);
            return product / comparisons / comparisons * limit * (1 - limit)
                * ((2 * middle) - 1 - (((3 * middle) - 3) / ((2 - limit) * (1 + limit))));
        }));
        return (Solve(0, area, limit => area - limit > Width(limit)), Solve(1, area, limit => limit - area > Width(limit)));
    }

    /// <summary>The limit at which a condition that holds far off ends to hold.</summary>
    private static double Solve(double far, double near, Func<double, bool> isOutside)
    {
        for (var at = 0; at < Halvings; at++)
        {
            var middle = (far + near) / 2;
            if (isOutside(middle)) far = middle;
            else near = middle;
        }

        return (far + near) / 2;
    }
}
