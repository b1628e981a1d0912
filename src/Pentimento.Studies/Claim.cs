using System.Text.Json.Serialization;

namespace Pentimento.Studies;

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
public static class Rulings
{
    /// <summary>As tables write it.</summary>
    public static string Words(this Ruling ruling) => ruling switch
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
}
