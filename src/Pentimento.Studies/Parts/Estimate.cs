using MathNet.Numerics.Distributions;

namespace Pentimento.Studies.Parts;

/// <summary>What was measured, with its error.</summary>
/// <param name="Value">The effect, in the claim's own units.</param>
/// <param name="Error">Its standard error; 0 where it was counted whole, infinite where one training does not tell how others would spread.</param>
/// <param name="Freedom">The degrees of freedom of the error; infinite where images are what varies.</param>
/// <param name="Trainings">How many trainings stand behind it; 0 where no network does.</param>
internal sealed record Estimate(double Value, double Error, double Freedom, int Trainings)
{
    // The half-width of a 95% normal interval for a share adds two successes and two failures (Agresti and Coull, 1998).
    private const double Added = 2;

    /// <summary>The mean over seeds; the error is that of trainings, and of the images on which a share was measured.</summary>
    /// <param name="values">One value a seed.</param>
    /// <param name="images">How many images each was measured on, 0 where it is no share.</param>
    public static Estimate OverSeeds(IReadOnlyList<double> values, long images = 0)
    {
        var mean = values.Average();
        return Of(mean, values, images == 0 ? 0 : ShareVariance(mean, images));
    }

    /// <summary>The mean difference of pairs, one a seed, of two shares.</summary>
    /// <param name="one">One share a seed.</param>
    /// <param name="other">The other of the same seeds; what has fewer seeds decides.</param>
    /// <param name="images">How many images each was measured on, 0 where they are no shares.</param>
    public static Estimate Difference(IReadOnlyList<double> one, IReadOnlyList<double> other, long images = 0)
    {
        var pairs = one.Zip(other).ToList();
        double[] values = [.. pairs.Select(pair => pair.First - pair.Second)];
        return Of(values.Average(), values, images == 0 ? 0
            : ShareVariance(pairs.Average(pair => pair.First), images) + ShareVariance(pairs.Average(pair => pair.Second), images));
    }

    /// <summary>A share of counted things.</summary>
    /// <param name="hits">How many have it.</param>
    /// <param name="count">Of how many.</param>
    /// <param name="trainings">How many trainings stand behind it.</param>
    public static Estimate Share(long hits, long count, int trainings) =>
        new((double)hits / count, Math.Sqrt(ShareVariance((double)hits / count, count)), double.PositiveInfinity, trainings);

    /// <summary>What was counted whole.</summary>
    public static Estimate Exact(double value) => new(value, 0, double.PositiveInfinity, 0);

    /// <summary>The ends of its 95% interval; null where nothing tells its error.</summary>
    public (double Low, double High)? Interval => double.IsInfinity(Error) ? null
        : Error == 0 ? (Value, Value)
        : (Value - (Edge * Error), Value + (Edge * Error));

    /// <summary>How probable it is by chance to be as far above a number whose true value it is.</summary>
    public double ChanceAbove(double margin)
    {
        if (double.IsInfinity(Error)) return 1;
        if (Error == 0) return Value > margin ? 0 : 1;
        var distance = (margin - Value) / Error;
        return double.IsInfinity(Freedom) ? Normal.CDF(0, 1, distance) : StudentT.CDF(0, 1, Freedom, distance);
    }

    /// <summary>How probable it is by chance to be as far below a number whose true value it is.</summary>
    public double ChanceBelow(double margin) => (this with { Value = -Value }).ChanceAbove(-margin);

    private double Edge => double.IsInfinity(Freedom) ? Normal.InvCDF(0, 1, 0.975) : StudentT.InvCDF(0, 1, Freedom, 0.975);

    private static Estimate Of(double mean, IReadOnlyList<double> values, double imageVariance)
    {
        if (values.Count < 2) return new(mean, double.PositiveInfinity, double.PositiveInfinity, values.Count);
        var among = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count;
        return new(mean, Math.Sqrt(among + imageVariance), values.Count - 1, values.Count);
    }

    private static double ShareVariance(double share, long images)
    {
        var steadied = ((share * images) + Added) / (images + (2 * Added));
        return Math.Max(0, steadied * (1 - steadied)) / images;
    }
}
