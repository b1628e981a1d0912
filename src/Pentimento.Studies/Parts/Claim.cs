using System.Text.Json.Serialization;
using Pentimento.Evaluation;

namespace Pentimento.Studies.Parts;

/// <summary>What the seed report says, and what became of it.</summary>
/// <param name="Said">The report's claim, in our words.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Basis">Over how many seeds and images.</param>
/// <param name="Figure">The figure or table in which to see it, or null.</param>
/// <param name="Effect">The effect that decides, or null where the claim says too little to be measured.</param>
public sealed record Claim(string Said, string Measured, string Basis, string? Figure, ClaimEffect? Effect)
{
    /// <summary>The verdict, once all claims are known.</summary>
    public Ruling Ruling { get; init; } = Ruling.CannotTell;

    /// <summary>The p-value after the correction for the number of looks; null where there is no effect.</summary>
    public double? Adjusted { get; init; }
}

/// <summary>The effect on which a claim is judged.</summary>
/// <param name="Value">The effect, a share of 1 unless the claim says otherwise.</param>
/// <param name="Low">The lower end of its 95% interval; null for a single training, which does not tell how others would spread.</param>
/// <param name="High">The upper end.</param>
/// <param name="Holds">What it must be for the claim to hold.</param>
/// <param name="IsInside">Whether it is that; on the margin it is not.</param>
/// <param name="PValue">How often an effect on the margin would lie as far on its side of it, twice.</param>
/// <param name="Trainings">How many trainings stand behind it; 0 where no network does.</param>
public sealed record ClaimEffect(double Value, double? Low, double? High, string Holds, bool IsInside, double PValue, int Trainings)
{
    /// <summary>The effect as tables write it.</summary>
    internal string Written => Low is { } low && High is { } high
        ? $"{Numbers.Decimal(Value, 3)} ({Numbers.Decimal(low, 3)} to {Numbers.Decimal(high, 3)})"
        : $"{Numbers.Decimal(Value, 3)} (one training)";

    /// <summary>Tests an estimate against a bound.</summary>
    internal static ClaimEffect Of(Estimate estimate, Bound bound)
    {
        return new(
            estimate.Value, estimate.Interval?.Low, estimate.Interval?.High, $"{bound}",
            bound.Holds(estimate.Value), bound.PValue(estimate), estimate.Trainings);
    }
}

/// <summary>The verdict on a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Ruling>))]
public enum Ruling
{
    /// <summary>It holds: the effect lies inside what the claim needs, beyond chance.</summary>
    Holds,

    /// <summary>It does not hold: the effect lies outside, beyond chance.</summary>
    DoesNotHold,

    /// <summary>The evidence does not tell one from the other, or the claim says too little.</summary>
    CannotTell,
}

/// <summary>Verdicts, and verdicts in words.</summary>
internal static class Rulings
{
    /// <summary>The share of verdicts that may be wrong.</summary>
    public const double Rate = 0.05;

    /// <summary>The least number of trainings behind a verdict on networks.</summary>
    public const int LeastTrainings = 3;

    /// <summary>The verdict on one claim.</summary>
    /// <param name="effect">Its effect, if any.</param>
    /// <param name="adjusted">The p-value after the correction.</param>
    /// <param name="enough">Whether the study as a whole has the evidence that it needs.</param>
    public static Ruling Of(ClaimEffect? effect, double adjusted, bool enough) => effect switch
    {
        _ when !enough => Ruling.CannotTell,
        null or { Trainings: > 0 and < LeastTrainings } => Ruling.CannotTell,
        _ when !(adjusted <= Rate) => Ruling.CannotTell,
        { IsInside: true } => Ruling.Holds,
        _ => Ruling.DoesNotHold,
    };

    /// <summary>The claims of a study with their verdicts.</summary>
    /// <remarks>
    /// Benjamini and Hochberg, 1995, "Controlling the false discovery rate": of the claims that are said to hold or not to hold, a twentieth is
    /// expected to be wrong, however many are looked at.
    /// </remarks>
    /// <param name="claims">All of them.</param>
    /// <param name="enough">Whether the study has the evidence that it needs.</param>
    public static IReadOnlyList<Claim> Decide(IReadOnlyList<Claim> claims, bool enough)
    {
        var tested = Enumerable.Range(0, claims.Count).Where(at => claims[at].Effect is not null).ToList();
        var adjusted = Probing.FalseDiscovery.Adjust([.. tested.Select(at => claims[at].Effect!.PValue)]);
        var judged = claims.Select(claim => claim with { Ruling = Ruling.CannotTell, Adjusted = null }).ToArray();
        foreach (var (place, at) in tested.Index())
            judged[at] = judged[at] with { Adjusted = adjusted[place], Ruling = Of(claims[at].Effect, adjusted[place], enough) };
        return judged;
    }

    /// <summary>As tables write it.</summary>
    public static string Label(this Ruling ruling) => ruling switch
    {
        Ruling.Holds => "holds",
        Ruling.DoesNotHold => "does not hold",
        _ => "cannot tell",
    };

    /// <summary>A sign that tells verdicts apart without colour.</summary>
    public static string Sign(this Ruling ruling) => ruling switch
    {
        Ruling.Holds => "✓",
        Ruling.DoesNotHold => "✗",
        _ => "?",
    };
}
