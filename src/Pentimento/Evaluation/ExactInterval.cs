using MathNet.Numerics.Distributions;

namespace Pentimento.Evaluation;

/// <summary>The exact 95% confidence interval of a proportion, which never covers the true value less often than it says.</summary>
/// <remarks>
/// Clopper and Pearson, 1934, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26. A gate needs it:
/// Wilson's interval, which describes, covers 95% on average but for some proportions less.
/// </remarks>
internal static class ExactInterval
{
    /// <summary>The chance that is left on each side.</summary>
    public const double Tail = 0.025;

    /// <summary>The interval's ends, 0..1; the whole range where nothing was counted.</summary>
    /// <param name="hits">The number of successes.</param>
    /// <param name="count">n, the number of trials.</param>
    /// <param name="tail">The chance left on each side.</param>
    public static (double Low, double High) Of(long hits, long count, double tail = Tail) => (
        hits == 0 ? 0 : Beta.InvCDF(hits, count - hits + 1, tail),
        hits == count ? 1 : Beta.InvCDF(hits + 1, count - hits, 1 - tail));
}
