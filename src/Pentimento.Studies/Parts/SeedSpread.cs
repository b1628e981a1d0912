using Pentimento.Evaluation;

namespace Pentimento.Studies.Parts;

/// <summary>One figure over several seeds.</summary>
/// <param name="Values">One value a seed.</param>
internal sealed record SeedSpread(IReadOnlyList<double> Values)
{
    /// <summary>The mean.</summary>
    public double Mean => Values.Average();

    /// <summary>How many seeds, in words.</summary>
    public string Seeds => Numbers.Counted(Values.Count, "seed");

    /// <summary>As <c>96.4% (96.2 to 96.7%)</c>: the mean, and the range over seeds where there are several; a dash where a seed has none.</summary>
    public string Percent => double.IsNaN(Mean) ? "–"
        : Values.Count == 1 ? Numbers.Percent(Mean) : $"{Numbers.Percent(Mean)} ({Numbers.Interval(Values.Min(), Values.Max())})";

    /// <summary>The same of a number that is no share.</summary>
    public string Number(int decimals) =>
        Values.Count == 1
            ? Numbers.Decimal(Mean, decimals)
            : $"{Numbers.Decimal(Mean, decimals)} ({Numbers.Decimal(Values.Min(), decimals)} to {Numbers.Decimal(Values.Max(), decimals)})";

    /// <summary>Gathers values.</summary>
    public static SeedSpread Of(IEnumerable<double> values) => new([.. values]);
}
