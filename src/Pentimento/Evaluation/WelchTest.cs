using MathNet.Numerics.Distributions;

namespace Pentimento.Evaluation;

/// <summary>Whether two means over seeds differ, whose spreads need not be alike, and how large a difference would have been found.</summary>
/// <remarks>
/// Welch, 1947, "The generalization of Student's problem when several different population variances are involved", Biometrika 34. A side of one
/// seed has no spread of its own; it is taken to be the other's.
/// </remarks>
/// <param name="Difference">The first mean less the second, with its 95% interval.</param>
/// <param name="PValue">How often as large a difference would come about by chance, two-sided.</param>
/// <param name="Detectable">The difference that would be found with a power of 80%, as the t-distribution shifted by it tells.</param>
internal readonly record struct WelchTest(ConfidenceInterval Difference, double PValue, double Detectable)
{
    /// <summary>The chance of finding a difference where there is none.</summary>
    public const double Level = 0.05;

    private const double Power = 0.8;

    // Seeds that agree to the last image say little of the next one.
    private const double LeastDeviation = 1e-4;

    /// <summary>Compares two means.</summary>
    /// <param name="one">Mean, standard deviation and number of seeds.</param>
    /// <param name="other">The same of the other side.</param>
    public static WelchTest Of((double Mean, double Deviation, int Count) one, (double Mean, double Deviation, int Count) other)
    {
        var difference = one.Mean - other.Mean;
        var (known, others) = (one.Count > 1, other.Count > 1 && other.Deviation > 0);
        if (!known && !others) return new(new(difference, -1, 1), 1, 1);
        var spread = Math.Max(LeastDeviation, known ? one.Deviation : other.Deviation);
        var otherSpread = Math.Max(LeastDeviation, others ? other.Deviation : one.Deviation);
        var (part, otherPart) = (spread * spread / one.Count, otherSpread * otherSpread / other.Count);
        var error = Math.Sqrt(part + otherPart);
        var freedom = known && others
            ? (part + otherPart) * (part + otherPart) / ((part * part / (one.Count - 1)) + (otherPart * otherPart / (other.Count - 1)))
            : (known ? one.Count : other.Count) - 1;
        var (edge, power) = (StudentT.InvCDF(0, 1, freedom, 1 - (Level / 2)), StudentT.InvCDF(0, 1, freedom, Power));
        return new(
            new(difference, difference - (edge * error), difference + (edge * error)),
            2 * StudentT.CDF(0, 1, freedom, -Math.Abs(difference) / error),
            (edge + power) * error);
    }
}
