using System.Globalization;

namespace Pentimento.Studies.Parts;

/// <summary>What an effect must reach for a claim to hold.</summary>
/// <param name="Low">It must be above this; null for no such bound.</param>
/// <param name="High">It must be below this; null for no such bound.</param>
internal sealed record Bound(double? Low, double? High)
{
    /// <summary>The effect must be above a margin.</summary>
    public static Bound Above(double margin) => new(margin, null);

    /// <summary>The effect must be below a margin.</summary>
    public static Bound Below(double margin) => new(null, margin);

    /// <summary>The effect must be nearer to a number than a margin.</summary>
    public static Bound Within(double margin, double of) => new(of - margin, of + margin);

    /// <summary>Whether a number is inside; on a bound it is not.</summary>
    public bool Holds(double value) => !(value <= Low) && !(value >= High);

    /// <summary>
    /// The p-value of the side on which the effect lies: inside, that of the nearer bound, twice, for the other side was open; outside likewise.
    /// </summary>
    /// <remarks>Schuirmann, 1987, "A comparison of the two one-sided tests procedure", for two bounds: both must be passed.</remarks>
    public double PValue(Estimate effect)
    {
        if (Holds(effect.Value))
            return Math.Min(1, 2 * Math.Max(Low is { } low ? effect.ChanceAbove(low) : 0, High is { } high ? effect.ChanceBelow(high) : 0));
        return Math.Min(1, 2 * Math.Min(
            Low is { } under ? effect.ChanceBelow(under) : 1, High is { } over ? effect.ChanceAbove(over) : 1));
    }

    /// <summary>In words, such as <c>above 0.05</c>.</summary>
    public override string ToString() => (Low, High) switch
    {
        ({ } low, { } high) => $"{Written(low)} to {Written(high)}",
        ({ } low, _) => $"above {Written(low)}",
        (_, { } high) => $"below {Written(high)}",
        _ => "anything",
    };

    private static string Written(double number) => Math.Round(number, 4).ToString("0.####", CultureInfo.InvariantCulture);
}
