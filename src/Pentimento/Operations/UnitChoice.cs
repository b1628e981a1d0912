using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pentimento.Operations;

/// <summary>Which features or neurons an edit removes: their numbers, or <c>auto</c> where they are chosen on training images.</summary>
/// <param name="Numbers">The numbers; none where they are chosen.</param>
/// <param name="Automatic">Whether they are chosen.</param>
internal sealed record UnitChoice(IReadOnlyList<int> Numbers, bool Automatic = false) : IParsable<UnitChoice>
{
    private const string Word = "auto";

    /// <summary>Chosen on training images.</summary>
    public static UnitChoice Auto { get; } = new([], Automatic: true);

    /// <summary>Reads <c>auto</c>, or numbers such as <c>3,17</c>.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static UnitChoice Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var choice) ? choice : throw new BadInputException($"expected auto, or numbers such as 3,17, got '{s}'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out UnitChoice result)
    {
        result = null;
        if (s is null) return false;
        if (s.Trim().Equals(Word, StringComparison.OrdinalIgnoreCase))
        {
            result = Auto;
            return true;
        }

        var numbers = new List<int>();
        foreach (var part in s.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            numbers.Add(number);
        }

        result = new(numbers);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(UnitChoice? other) => other is not null && Automatic == other.Automatic && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(Automatic.GetHashCode(), HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => Automatic ? Word : string.Join(',', Numbers);
}
