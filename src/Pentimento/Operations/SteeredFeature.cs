using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pentimento.Operations;

/// <summary>A feature whose direction is added to the activations, written <c>12=4.5</c>.</summary>
/// <param name="Feature">Its index.</param>
/// <param name="Strength">How much of it is added, in the feature's own unit.</param>
internal readonly record struct SteeredFeature(int Feature, double Strength) : IParsable<SteeredFeature>
{
    /// <summary>Reads <c>12=4.5</c>.</summary>
    /// <exception cref="BadInputException">It is not of this form.</exception>
    public static SteeredFeature Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var steered)
            ? steered
            : throw new BadInputException($"expected features and strengths such as 12=4.5, got '{s}'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out SteeredFeature result)
    {
        result = default;
        if (s?.Split('=') is not [var feature, var strength]) return false;
        if (!int.TryParse(feature.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        if (!double.TryParse(strength, NumberStyles.Float, CultureInfo.InvariantCulture, out var added) || !double.IsFinite(added)) return false;
        result = new(index, added);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Feature}={Strength}");
}
