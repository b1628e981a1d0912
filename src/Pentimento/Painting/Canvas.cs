using System.Globalization;
using System.Text.RegularExpressions;
using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>The specification of a painted set, parsed from its name: <c>{mode}_{percent}{tier}</c>, e.g. <c>rg_95z</c>.</summary>
/// <param name="Mode">The joint distribution of color and digit.</param>
/// <param name="Percent">Percentage of bias-aligned images, those that have the dominant color of their digit, 0..100.</param>
/// <param name="Tier">The amounts of noise and strokes.</param>
internal sealed partial record Canvas(Mode Mode, decimal Percent, Tier Tier)
{
    /// <summary>Whether a name matches the grammar, whatever its details.</summary>
    public static bool MatchesGrammar(string name) => Grammar().IsMatch(name);

    /// <summary>Parses a name, case-insensitive, the underscore optional.</summary>
    /// <exception cref="BadInputException">It does not follow the grammar.</exception>
    public static Canvas Parse(string name)
    {
        var match = Grammar().Match(name);
        Require.That(
            match.Success,
            $"'{name}' is not a dataset name; expected a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z), as in rg_95z.");
        var mode = Enum.Parse<Mode>(match.Groups["mode"].Value, ignoreCase: true);
        var percent = decimal.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture);
        Require.That(percent <= 100, $"'{name}': {percent} percent is more than all.");
        Require.That(mode != Mode.Un || percent == 0, $"'{name}': un colours are independent of the digit, so its percentage must be 0.");
        return new(mode, percent, Tier.Parse(match.Groups["tier"].Value));
    }

    /// <summary>The probability that an image is bias-aligned, 0..1.</summary>
    public double Bias => (double)(Percent / 100);

    /// <summary>The palette index of a digit's dominant color; -1 where color is independent of the digit.</summary>
    public long Dominant(long digit) => Mode switch
    {
        Mode.Rg => digit,
        Mode.Gr => digit ^ 1,
        Mode.Bw => ImageSet.White,
        _ => -1,
    };

    /// <summary>Number of bias-aligned images in a set: those that have the dominant color of their digit.</summary>
    public long CountBiasAligned(ImageSet set) => set.Labels.Zip(set.Colors).LongCount(pair => Dominant(pair.First) == pair.Second);

    /// <summary>The name in its canonical form.</summary>
    public override string ToString() => $"{Mode}_{Percent.ToString("0.##########", CultureInfo.InvariantCulture)}{Tier.Name}".ToLowerInvariant();

    [GeneratedRegex(@"^(?<mode>rg|gr|bw|un)_?(?<percent>[0-9]{1,6}(\.[0-9]{1,10})?)(?<tier>e|m|h|vh|z)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Grammar();
}

/// <summary>The joint distribution of color and digit.</summary>
internal enum Mode
{
    /// <summary>The digit's dominant color with the canvas's probability, else another digit's, uniformly.</summary>
    Rg,

    /// <summary>As <see cref="Rg"/> with the colors of each pair 0-1, 2-3, 4-5, 6-7, 8-9 swapped.</summary>
    Gr,

    /// <summary>White with the canvas's probability, else any dominant color, uniformly.</summary>
    Bw,

    /// <summary>Any dominant color, uniformly, independent of the digit.</summary>
    Un,
}
