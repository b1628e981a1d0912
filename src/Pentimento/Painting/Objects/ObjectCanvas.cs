using System.Globalization;
using System.Text.RegularExpressions;

namespace Pentimento.Painting.Objects;

/// <summary>The specification of a set of objects on grounds, parsed from its name: <c>objects_{percent}</c>, e.g. <c>objects_95</c>, or
/// <c>objects_rev{percent}</c>, with the grounds of the classes swapped.</summary>
/// <param name="Percent">Percentage of bias-aligned images, those on the dominant ground of their class, 0..100.</param>
/// <param name="IsReversed">Whether each class has the other's dominant ground.</param>
internal sealed partial record ObjectCanvas(decimal Percent, bool IsReversed = false)
{
    /// <summary>Whether a name matches the grammar, whatever its details.</summary>
    public static bool MatchesGrammar(string name) => Grammar().IsMatch(name);

    /// <summary>Parses a name, case-insensitive, the underscore optional.</summary>
    /// <exception cref="BadInputException">It does not follow the grammar.</exception>
    public static ObjectCanvas Parse(string name)
    {
        var match = Grammar().Match(name);
        Require.That(
            match.Success,
            $"'{name}' is no name of a set of objects; expected objects_PERCENT or objects_revPERCENT, as in objects_95 and objects_rev95.");
        var percent = decimal.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture);
        Require.That(percent <= 100, $"'{name}': {percent} percent is more than all.");
        return new(percent, match.Groups["reversed"].Success);
    }

    /// <summary>The probability that an image is bias-aligned, 0..1.</summary>
    public double Bias => (double)(Percent / 100);

    /// <summary>The dominant ground of a class: green for nature and blue for travel, or the other way round.</summary>
    public long Dominant(long label) => IsReversed ? 1 - label : label;

    /// <summary>The name in its canonical form.</summary>
    public override string ToString() =>
        $"objects_{(IsReversed ? "rev" : "")}{Percent.ToString("0.##########", CultureInfo.InvariantCulture)}";

    [GeneratedRegex(@"^objects_?(?<reversed>rev)?_?(?<percent>[0-9]{1,6}(\.[0-9]{1,10})?)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Grammar();
}
