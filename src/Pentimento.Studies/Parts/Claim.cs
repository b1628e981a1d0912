using System.Text.Json.Serialization;

namespace Pentimento.Studies.Parts;

/// <summary>What the seed report says, and what became of it.</summary>
/// <param name="Said">The report's claim, in our words.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Basis">Over how many seeds and images.</param>
/// <param name="Ruling">The verdict.</param>
/// <param name="Figure">The figure or table in which to see it, or null.</param>
public sealed record Claim(string Said, string Measured, string Basis, Ruling Ruling, string? Figure);

/// <summary>The verdict on a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Ruling>))]
public enum Ruling
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It holds under some of the conditions, or for another reason.</summary>
    HoldsInPart,

    /// <summary>It does not hold.</summary>
    DoesNotHold,

    /// <summary>It says too little to be tested.</summary>
    CannotBeTested,
}

/// <summary>Verdicts in words.</summary>
internal static class Rulings
{
    /// <summary>As tables write it.</summary>
    public static string Label(this Ruling ruling) => ruling switch
    {
        Ruling.Holds => "holds",
        Ruling.HoldsInPart => "holds in part",
        Ruling.DoesNotHold => "does not hold",
        _ => "cannot be tested",
    };

    /// <summary>A sign that tells verdicts apart without colour.</summary>
    public static string Sign(this Ruling ruling) => ruling switch
    {
        Ruling.Holds => "✓",
        Ruling.HoldsInPart => "◐",
        Ruling.DoesNotHold => "✗",
        _ => "?",
    };

    /// <summary>Whether something holds always, sometimes or never.</summary>
    public static Ruling Of(int holds, int of) => holds == of ? Ruling.Holds : holds == 0 ? Ruling.DoesNotHold : Ruling.HoldsInPart;

    /// <summary>Whether a claim holds, or else holds in part.</summary>
    public static Ruling If(bool holds, bool inPart = false) => holds ? Ruling.Holds : inPart ? Ruling.HoldsInPart : Ruling.DoesNotHold;

    /// <summary>Whether a value is above what a claim needs; at the margin itself it is not.</summary>
    /// <param name="value">What was measured.</param>
    /// <param name="margin">Above it the claim holds.</param>
    /// <param name="inPart">Above it the claim holds in part; the margin itself unless it is said.</param>
    public static Ruling Above(double value, double margin, double? inPart = null) => If(value > margin, value > (inPart ?? margin));

    /// <summary>Whether a value is below what a claim needs; at the margin itself it is not.</summary>
    /// <param name="value">What was measured.</param>
    /// <param name="margin">Below it the claim holds.</param>
    /// <param name="inPart">Below it the claim holds in part; the margin itself unless it is said.</param>
    public static Ruling Below(double value, double margin, double? inPart = null) => If(value < margin, value < (inPart ?? margin));
}
