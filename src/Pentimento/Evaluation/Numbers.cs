using System.Globalization;

namespace Pentimento.Evaluation;

/// <summary>Formatting of metrics, as verdicts and pages write them.</summary>
internal static class Numbers
{
    /// <summary>A share as <c>95.2%</c>.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%") : "undefined";

    /// <summary>A 95% interval as <c>94.8 to 95.6%</c>.</summary>
    public static string Interval(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{100 * low:0.0} to {100 * high:0.0}%");

    /// <summary>A share's 95% interval.</summary>
    public static string Interval(Share share) => Interval(share.Low, share.High);

    /// <summary>What was counted, as <c>9,520 of 10,000</c>.</summary>
    public static string Counts(Share share) => string.Create(CultureInfo.InvariantCulture, $"{share.Hits:N0} of {share.Count:N0}");

    /// <summary>A whole number with thousands apart.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Counted things, as <c>1 epoch</c> or <c>1,200 images</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular, whose plural has an s.</param>
    public static string Counted(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number with so many decimals; a dash where there is none.</summary>
    public static string Decimal(double? number, int decimals) =>
        number is { } known && double.IsFinite(known) ? known.ToString($"F{decimals}", CultureInfo.InvariantCulture) : "–";

    /// <summary>A number with three significant digits.</summary>
    public static string Significant(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A time as <c>34 s</c> or <c>2 min 5 s</c>.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(seconds) / 60):0} min {Math.Round(seconds) % 60:0} s"),
    };
}
